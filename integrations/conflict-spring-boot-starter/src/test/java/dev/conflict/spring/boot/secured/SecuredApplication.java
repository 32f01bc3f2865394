package dev.conflict.spring.boot.secured;

import dev.conflict.ConflictException;
import dev.conflict.Conflicts;
import dev.conflict.Disclosure;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** A page that anybody may open, resources for those who are signed in, and scripts of one other origin. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
        })
@Import(SecuredApplication.Accounts.class)
public class SecuredApplication {
    @Bean
    SecurityFilterChain signedIn(HttpSecurity http) throws Exception {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(List.of("https://shop.example"));
        rules.setAllowedMethods(List.of("GET", "PUT", "POST"));
        rules.setExposedHeaders(List.of("ETag"));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", rules);
        return http.cors(cors -> cors.configurationSource(source))
                .csrf(AbstractHttpConfigurer::disable)
                .httpBasic(Customizer.withDefaults())
                .authorizeHttpRequests(requests -> requests.requestMatchers("/open/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ann").password("{noop}secret").roles("USER").build());
    }

    /** Names that are taken, and a resource with a version. */
    @RestController
    public static class Accounts {
        @PostMapping("/open/accounts")
        public Map<String, String> signUp() {
            Conflicts.requireUnique("email", "ann@example.org", email -> true, Disclosure.AUTHENTICATED);
            return Map.of();
        }

        @PostMapping("/open/later")
        public Callable<Map<String, String>> signUpLater() {
            return this::signUp;
        }

        @PostMapping("/open/hidden")
        public Map<String, String> hidden() {
            Conflicts.requireUnique("email", "ann@example.org", email -> true, Disclosure.HIDDEN);
            return Map.of();
        }

        @PutMapping("/closed/1")
        public Map<String, String> put(ConditionalRequest conditional) {
            conditional.require(Target.of("document", 1), Validators.of(EntityTag.strong("7")));
            return Map.of();
        }

        @GetMapping("/closed/conflict")
        public Map<String, String> conflict() {
            throw ConflictException.state("SHIPPED");
        }
    }
}
