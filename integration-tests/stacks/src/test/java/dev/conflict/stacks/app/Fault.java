package dev.conflict.stacks.app;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;

/** What goes wrong in an application. */
final class Fault {
    private static final int LARGER_THAN_ANY_BUFFER = 200_000;

    private Fault() {}

    /** The exception of a kind, as code that guards a resource gets it, with secrets all around it. */
    static RuntimeException of(String kind, HttpServletRequest request) {
        return switch (kind) {
            case "STATE" ->
                planted(ConflictException.state("ORDER_ALREADY_SHIPPED")
                        .current("SHIPPED")
                        .action("cancel"));
            case "VERSION" -> planted(refusal(ServletPreconditions.of(request)));
            case "REQUIRED" -> planted(ConflictException.preconditionRequired("If-Match"));
            case "UNKNOWN", "TOLD" -> Secrets.around(Secrets.sql());
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static RuntimeException planted(ConflictException conflict) {
        conflict.initCause(Secrets.sql());
        return Secrets.around(conflict);
    }

    private static ConflictException refusal(ConditionalRequest conditional) {
        try {
            conditional.require(new Target("Order", "1"), Validators.of(EntityTag.strong("2")));
        } catch (ConflictException refused) {
            return refused;
        }
        throw new IllegalArgumentException("The request states the current version");
    }

    /** Writes some of a body, and sends it if asked. */
    static void write(OutputStream out, String moment) throws IOException {
        out.write('p');
        if (moment.equals("COMMITTED")) {
            out.write(new byte[LARGER_THAN_ANY_BUFFER]);
            out.flush();
        }
    }
}
