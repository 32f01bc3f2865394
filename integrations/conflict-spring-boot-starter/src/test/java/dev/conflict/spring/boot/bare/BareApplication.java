package dev.conflict.spring.boot.bare;

import dev.conflict.Conflicts;
import dev.conflict.Disclosure;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** A controller, and nothing else: no database, no security. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"
        })
@Import(BareApplication.Names.class)
public class BareApplication {
    /** Names that are taken. */
    @RestController
    public static class Names {
        @GetMapping("/taken")
        public Map<String, String> taken() {
            Conflicts.requireUnique("name", "ann", name -> true, Disclosure.PUBLIC);
            return Map.of();
        }

        @GetMapping("/broken")
        public Map<String, String> broken() {
            throw new IllegalArgumentException("secret");
        }

        @GetMapping("/unsaid")
        public void unsaid(HttpServletResponse response) throws IOException {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }

        @PutMapping("/documents/1")
        public Map<String, String> put() {
            return Map.of();
        }
    }
}
