package dev.conflict.spring;

import dev.conflict.spring.data.rest.DataRestGuard;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.rest.webmvc.config.RepositoryRestMvcConfiguration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Spring Data REST without Boot. */
@Configuration
@EnableWebMvc
@EnableJpaRepositories(considerNestedRepositories = true)
@Import(RepositoryRestMvcConfiguration.class)
public class ShelfConfiguration {
    @Bean
    static DataRestGuard dataRestGuard(ListableBeanFactory beans) {
        return new DataRestGuard(beans);
    }

    @Bean
    ConflictExceptionResolver conflictExceptionResolver() {
        return new ConflictExceptionResolver();
    }

    @Bean
    DataSource dataSource() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:shelves;DB_CLOSE_DELAY=-1");
        return database;
    }

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource database) {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(database);
        factory.setPackagesToScan(ShelfConfiguration.class.getPackageName());
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create"));
        return factory;
    }

    @Bean
    PlatformTransactionManager transactionManager(EntityManagerFactory factory) {
        return new JpaTransactionManager(factory);
    }

    /** A shelf with a version. */
    @Entity(name = "Shelf")
    public static class Shelf {
        @Id
        public @Nullable Long id;

        @Version
        public @Nullable Integer version;

        public @Nullable String label;
    }

    /** A label without one. */
    @Entity(name = "Label")
    public static class Label {
        @Id
        public @Nullable Long id;

        public @Nullable String text;
    }

    /** Exported as /shelves. */
    public interface Shelves extends JpaRepository<Shelf, Long> {}

    /** Exported as /labels. */
    public interface Labels extends JpaRepository<Label, Long> {}
}
