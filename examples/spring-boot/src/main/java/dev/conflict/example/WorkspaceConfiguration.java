package dev.conflict.example;

import dev.conflict.retry.Contention;
import dev.conflict.spring.SpringTransactions;
import dev.conflict.spring.boot.ProblemTranslatorCustomizer;
import dev.conflict.sql.ConstraintCatalog;
import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** What the workspace's services need of Spring, and what the starter is told of them. */
@Configuration(proxyBeanMethods = false)
class WorkspaceConfiguration {
    /** Has the services of the workspace run in Spring's transactions. */
    @Bean
    Store store(SpringTransactions transactions, EntityManager em) {
        return new Store() {
            @Override
            public <T> T inTransaction(Function<EntityManager, T> work) {
                return transactions.run(() -> work.apply(em));
            }
        };
    }

    @Bean
    Contention policy() {
        return Store.PATIENCE;
    }

    @Bean
    ConstraintCatalog constraints(Settings settings) {
        return Constraints.of(settings.emails());
    }

    @Bean
    ProblemTranslatorCustomizer neutralAnswers(SignUps signUps) {
        return problems -> problems.neutral(signUps::neutral);
    }

    @Bean
    Documents documents(Store store) {
        return new Documents(store);
    }

    @Bean
    Users users(Store store, Settings settings) {
        return new Users(store, settings.emails());
    }

    @Bean
    SignUps signUps(Store store, Users users, Settings settings) {
        return new SignUps(store, users, settings.mail());
    }

    @Bean
    Products products(Store store) {
        return new Products(store);
    }

    @Bean
    Customers customers(Store store) {
        return new Customers(store);
    }

    @Bean
    Orders orders(Store store) {
        return new Orders(store);
    }

    @Bean
    Tasks tasks(Store store) {
        return new Tasks(store);
    }

    @Bean
    StoredFiles files(Settings settings) {
        return new StoredFiles(settings.folder());
    }

    /** Signs in whoever sends credentials; nobody has to. */
    @Bean
    SecurityFilterChain open(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .httpBasic(Customizer.withDefaults())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    UserDetailsService accounts() {
        return new InMemoryUserDetailsManager(Arrays.stream(Account.values())
                .map(account -> org.springframework.security.core.userdetails.User.withUsername(account.user())
                        .password("{noop}" + account.password())
                        .roles(account.role())
                        .build())
                .toList());
    }
}
