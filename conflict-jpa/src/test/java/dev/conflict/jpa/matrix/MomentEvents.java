package dev.conflict.jpa.matrix;

import dev.conflict.jpa.EntityVersions;
import dev.conflict.jpa.kit.Dated;
import dev.conflict.jpa.kit.Stamp;
import dev.conflict.jpa.kit.Tick;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions that are moments, in columns that keep fewer digits than a clock gives. */
final class MomentEvents {
    /** One may fall on the border between two ticks. */
    private static final int ROUNDS = 8;

    private static final Pattern KEPT = Pattern.compile("of which its column keeps ([^:]+):");

    private MomentEvents() {}

    static List<Event> all() {
        return List.of(
                new Event("two changes in one second, version of whole seconds", scene -> two(scene, Stamp.class)),
                new Event("two changes in some milliseconds, version of those", scene -> two(scene, Tick.class)),
                new Event("changed twice in one context, version of milliseconds", MomentEvents::twice),
                new Event("version of whole seconds: guarded", scene -> stated(scene, Stamp.class)),
                new Event("version of milliseconds: guarded", scene -> stated(scene, Tick.class)));
    }

    private static <T extends Dated> long row(Scene scene, Class<T> type) {
        long id = Scene.newId();
        scene.meanwhile(em -> em.persist(type == Stamp.class ? new Stamp(id, "first") : new Tick(id, "first")));
        scene.meanwhile(em -> found(em, type, id).rename("second")); // just now
        return id;
    }

    /** As stored: what a cache keeps may have more digits. */
    private static <T extends Dated> T found(EntityManager em, Class<T> type, long id) {
        em.getEntityManagerFactory().getCache().evictAll();
        return em.find(type, id);
    }

    private static <T extends Dated> String two(Scene scene, Class<T> type) {
        return untilOneDiffers("version 409", () -> {
            long id = row(scene, type);
            String outcome = scene.serve(em -> {
                T mine = found(em, type, id);
                awaitTick();
                scene.meanwhile(other -> found(other, type, id).rename("theirs"));
                mine.rename("mine");
            });
            String title = scene.inTransaction(em -> found(em, type, id)).getTitle();
            return "mine".equals(title) ? outcome + ", theirs is lost" : outcome;
        });
    }

    /** A few milliseconds, so that the clock moves and the second does not. */
    private static void awaitTick() {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < 5_000_000) {
            Thread.onSpinWait();
        }
    }

    private static String twice(Scene scene) {
        return untilOneDiffers("ok 200", () -> {
            long id = row(scene, Tick.class);
            return scene.serve(em -> {
                Tick mine = found(em, Tick.class, id);
                mine.rename("mine");
                em.flush();
                mine.rename("mine again");
            });
        });
    }

    private static String untilOneDiffers(String usual, Supplier<String> round) {
        String outcome = usual;
        for (int i = 0; i < ROUNDS && outcome.equals(usual); i++) {
            outcome = round.get();
        }
        return outcome;
    }

    /** What is said to whoever would have it stated in a header. */
    private static <T extends Dated> String stated(Scene scene, Class<T> type) {
        long id = row(scene, type);
        EntityVersions<T> versions = EntityVersions.of(type, Dated::getChanged);
        try {
            scene.meanwhile(em -> versions.find(em, id, Scene.stating("\"1-2026\"")));
            return "ok 200";
        } catch (IllegalStateException refused) {
            Matcher kept = KEPT.matcher(String.valueOf(refused.getMessage()));
            return kept.find() ? "refused, the column keeps " + kept.group(1) : "refused";
        }
    }
}
