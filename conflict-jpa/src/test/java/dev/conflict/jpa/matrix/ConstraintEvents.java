package dev.conflict.jpa.matrix;

import dev.conflict.jpa.kit.Customer;
import dev.conflict.jpa.kit.Document;
import dev.conflict.jpa.kit.Product;
import dev.conflict.jpa.kit.Purchase;
import dev.conflict.jpa.kit.Remark;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;

/** The rules of the database, broken at each moment at which a provider lets it happen. */
final class ConstraintEvents {
    private ConstraintEvents() {}

    static List<Event> all() {
        return List.of(
                new Event("unique value taken, at the flush", scene -> takenSku(scene, EntityManager::flush)),
                new Event("unique value taken, at the commit", scene -> takenSku(scene, em -> {})),
                new Event(
                        "unique value taken, in a batch",
                        scene -> takenSku(
                                scene.as(Cell.Way.BATCHED),
                                em -> em.persist(new Product(Scene.newId(), "free" + Scene.newId())))),
                new Event("unique value taken, with an identifier from the database", ConstraintEvents::takenEmail),
                new Event("deferred unique value taken, at the commit", ConstraintEvents::deferred),
                new Event("identifier taken by a managed entity", scene -> {
                    Document there = scene.newDocument();
                    return scene.serve(em -> {
                        em.find(Document.class, there.getId());
                        em.persist(new Document(there.getId(), "mine"));
                    });
                }),
                new Event("identifier taken by a row", scene -> {
                    Document there = scene.newDocument();
                    return scene.serve(em -> em.persist(new Document(there.getId(), "mine")));
                }),
                new Event("detached entity persisted", scene -> {
                    Document there = scene.newDocument();
                    scene.renameMeanwhile(there.getId(), "theirs");
                    Document detached = scene.stored(there.getId());
                    return scene.serve(em -> em.persist(detached));
                }),
                new Event(
                        "column without a value",
                        scene -> scene.serve(em -> em.persist(new Customer(null, "nick" + Scene.newId())))),
                new Event("attribute that is mapped as not nullable without a value", scene -> {
                    Document document = scene.newDocument();
                    return scene.serve(em -> {
                        Remark remark = new Remark(Scene.newId(), em.find(Document.class, document.getId()), "x");
                        em.persist(withoutText(remark));
                    });
                }),
                new Event("check violated", scene -> {
                    Customer customer = new Customer("check" + Scene.newId(), null);
                    customer.setCredit(-1);
                    return scene.serve(em -> em.persist(customer));
                }),
                new Event(
                        "parent missing",
                        scene -> scene.serve(em -> em.persist(new Purchase(Scene.newId(), -1L, null)))),
                new Event(
                        "parent missing, by reference",
                        scene -> scene.serve(em ->
                                em.persist(new Remark(Scene.newId(), em.getReference(Document.class, -1L), "mine")))),
                new Event(
                        "parent not persisted",
                        scene -> scene.serve(em ->
                                em.persist(new Remark(Scene.newId(), new Document(Scene.newId(), "mine"), "mine")))),
                new Event("child exists", ConstraintEvents::childExists),
                new Event(
                        "value too long",
                        scene -> scene.serve(em -> em.persist(new Document(Scene.newId(), "x".repeat(300))))));
    }

    private interface Ending {
        void of(EntityManager em);
    }

    private static String takenSku(Scene scene, Ending ending) {
        String taken = "sku" + Scene.newId();
        scene.meanwhile(em -> em.persist(new Product(Scene.newId(), taken)));
        return scene.serve(em -> {
            em.persist(new Product(Scene.newId(), "other" + Scene.newId()));
            em.persist(new Product(Scene.newId(), taken));
            ending.of(em);
        });
    }

    private static String takenEmail(Scene scene) {
        String taken = "email" + Scene.newId();
        scene.meanwhile(em -> em.persist(new Customer(taken, null)));
        return scene.serve(em -> em.persist(new Customer(taken, null)));
    }

    private static String deferred(Scene scene) {
        scene.cell().store().execute(Tables.DEFERRED);
        String insert = "insert into late (id) values (" + Scene.newId() + ")";
        scene.meanwhile(em -> em.createNativeQuery(insert).executeUpdate());
        return scene.serve(em -> em.createNativeQuery(insert).executeUpdate());
    }

    private static Remark withoutText(Remark remark) {
        remark.setText(null);
        return remark;
    }

    private static String childExists(Scene scene) {
        Customer customer = new Customer("parent" + Scene.newId(), null);
        scene.meanwhile(em -> em.persist(customer));
        Long id = Objects.requireNonNull(customer.getId());
        scene.meanwhile(em -> em.persist(new Purchase(Scene.newId(), id, null)));
        return scene.serve(em -> em.remove(em.find(Customer.class, id)));
    }
}
