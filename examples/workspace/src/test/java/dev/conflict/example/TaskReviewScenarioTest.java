package dev.conflict.example;

import static dev.conflict.example.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.harness.DatabaseEngine;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario 5: a task is to be approved, and an information is mandatory that nobody has given. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class TaskReviewScenarioTest extends Scenario {
    private String task(boolean informationMandatory) {
        return workspace.create(
                "/tasks", "{\"title\":\"Paint the wall\",\"informationMandatory\":" + informationMandatory + "}");
    }

    @Test
    void prerequisiteIsNamedAndOnceItIsFulfilledTheTaskIsApproved() {
        String task = task(true);

        JsonNode refusal = refused(
                workspace.send("POST", task + "/approve", ""),
                409,
                "state-conflict",
                "REQUIRES_INFORMATION",
                Map.of(
                        "currentStatus",
                        "PENDING_REVIEW",
                        "attemptedAction",
                        "approve",
                        "allowedActions",
                        List.of("approve", "ask"),
                        "prerequisites",
                        List.of("REQUIRES_INFORMATION")));
        assertThat(refusal.get("detail").asText()).isEqualTo("Something else has to be done before this action.");

        assertThat(workspace.act(task, "ask").get("status").asText()).isEqualTo("REQUIRES_INFORMATION");
        HttpResponse<String> informed = workspace.send("POST", task + "/inform", "{\"information\":\"In green.\"}");
        assertThat(informed.statusCode()).isEqualTo(200);
        assertThat(RunningWorkspace.json(informed).get("status").asText()).isEqualTo("PENDING_REVIEW");
        assertThat(workspace.act(task, "approve").get("status").asText()).isEqualTo("APPROVED");
    }

    @Test
    void taskThatNeedsNoInformationIsApprovedAtOnce() {
        assertThat(workspace.act(task(false), "approve").get("status").asText()).isEqualTo("APPROVED");
    }

    @Test
    void taskThatWaitsForInformationIsNotApproved() {
        String task = task(true);
        workspace.act(task, "ask");

        refused(
                workspace.send("POST", task + "/approve", ""),
                409,
                "state-conflict",
                "REQUIRES_INFORMATION_TO_APPROVED_NOT_ALLOWED",
                Map.of(
                        "currentStatus", "REQUIRES_INFORMATION",
                        "attemptedAction", "approve",
                        "allowedActions", List.of("inform")));

        assertThat(workspace
                        .send("POST", task + "/inform", "{\"information\":\"In green.\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(workspace.act(task, "approve").get("status").asText()).isEqualTo("APPROVED");
    }
}
