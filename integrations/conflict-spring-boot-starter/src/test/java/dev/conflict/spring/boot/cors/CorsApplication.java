package dev.conflict.spring.boot.cors;

import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import dev.conflict.spring.boot.bare.BareApplication;
import java.util.Map;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** A controller that lets scripts of another origin in by annotation, and one that does not. */
@Configuration
@Import({BareApplication.class, CorsApplication.Documents.class})
public class CorsApplication {
    /** Who is let in. */
    public static final String ORIGIN = "https://shop.example";

    /** A document with a version. */
    @RestController
    public static class Documents {
        @CrossOrigin(
                origins = ORIGIN,
                methods = RequestMethod.PUT,
                allowedHeaders = {"If-Match", "Content-Type"},
                exposedHeaders = "ETag")
        @PutMapping("/annotated/1")
        public Map<String, String> annotated(ConditionalRequest conditional) {
            return put(conditional);
        }

        @PutMapping("/filtered/1")
        public Map<String, String> filtered(ConditionalRequest conditional) {
            return put(conditional);
        }

        private static Map<String, String> put(ConditionalRequest conditional) {
            conditional.require(Target.of("document", 1), Validators.of(EntityTag.strong("7")));
            return Map.of();
        }
    }
}
