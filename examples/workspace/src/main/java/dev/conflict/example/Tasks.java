package dev.conflict.example;

import static dev.conflict.example.TaskStatus.APPROVED;
import static dev.conflict.example.TaskStatus.PENDING_REVIEW;
import static dev.conflict.example.TaskStatus.REQUIRES_INFORMATION;

import dev.conflict.StateMachine;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.problem.ProblemException;
import java.util.function.Consumer;

/** Takes tasks through their review. */
final class Tasks {
    static final StateMachine<TaskStatus> STATES = StateMachine.builder(TaskStatus.class)
            .allow("approve", PENDING_REVIEW, APPROVED, REQUIRES_INFORMATION.name())
            .allow("ask", PENDING_REVIEW, REQUIRES_INFORMATION)
            .allow("inform", REQUIRES_INFORMATION, PENDING_REVIEW)
            .build();

    private static final EntityVersions<Task> VERSIONS = EntityVersions.of(Task.class);

    private final Store store;

    Tasks(Store store) {
        this.store = store;
    }

    Task.View create(String title, boolean informationMandatory) {
        return store.inTransaction(em -> {
                    Task task = new Task(title, informationMandatory);
                    em.persist(task);
                    return task;
                })
                .view();
    }

    Task.View read(long id, ConditionalRequest request) {
        return store.inTransaction(em -> {
                    Task task = VERSIONS.find(em, id, request);
                    VERSIONS.respondWithTag(em, task, request);
                    return task;
                })
                .view();
    }

    /** Does an action that needs nothing but its name. */
    Task.View act(long id, String action, ConditionalRequest request) {
        return switch (action) {
            case "approve" -> approve(id, request);
            case "ask" -> move(id, REQUIRES_INFORMATION, request, task -> {});
            default -> throw ProblemException.notFound();
        };
    }

    /** Approves a task: 409 with its prerequisites as long as an information is mandatory that nobody has given. */
    private Task.View approve(long id, ConditionalRequest request) {
        return move(id, APPROVED, request, task -> {});
    }

    Task.View inform(long id, String information, ConditionalRequest request) {
        return move(id, PENDING_REVIEW, request, task -> task.inform(information));
    }

    private Task.View move(long id, TaskStatus wanted, ConditionalRequest request, Consumer<Task> change) {
        return store.inTransaction(em -> {
                    Task task = VERSIONS.find(em, id, request);
                    STATES.require(task.status(), wanted, prerequisite -> task.isInformed());
                    change.accept(task);
                    task.become(wanted);
                    return task;
                })
                .view();
    }
}
