package dev.conflict.spring.boot;

import dev.conflict.ConflictReader;
import dev.conflict.ConflictReaders;
import dev.conflict.event.ConflictListener;
import dev.conflict.jpa.JpaConflictReader;
import dev.conflict.retry.Contention;
import dev.conflict.spring.SpringTransactions;
import dev.conflict.sql.ConstraintCatalog;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has transactions that try again, where there is one transaction manager: {@link SpringTransactions}. A bean of
 * {@link Contention} is their policy; of several, one has to be primary.
 */
@AutoConfiguration(
        afterName = {
            // Boot 3
            "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration",
            "org.springframework.boot.autoconfigure.transaction.jta.JtaAutoConfiguration",
            // Boot 4
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration",
            "org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration"
        })
@ConditionalOnClass({PlatformTransactionManager.class, TransactionTemplate.class})
@ConditionalOnBooleanProperty(prefix = ConflictProperties.PREFIX, name = "enabled", matchIfMissing = true)
public class ConflictTransactionAutoConfiguration {
    /** Creates the configuration; for Spring. */
    public ConflictTransactionAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(PlatformTransactionManager.class)
    SpringTransactions conflictTransactions(
            PlatformTransactionManager manager,
            ObjectProvider<ConflictReader> readers,
            ObjectProvider<ConstraintCatalog> catalogs,
            ObjectProvider<ConflictListener> listeners,
            ObjectProvider<Contention> policies,
            ResourceLoader resources) {
        List<ConflictReader> given = new ArrayList<>(readers.orderedStream().toList());
        catalogs.ifAvailable(catalog -> given.add(JpaConflictReader.of(catalog)));
        ClassLoader classLoader = resources.getClassLoader();
        ConflictReaders all =
                ConflictReaders.load(given, classLoader != null ? classLoader : BeanFactory.class.getClassLoader());
        SpringTransactions transactions = SpringTransactions.of(manager, all::read)
                .listener(ConflictListener.all(listeners.orderedStream().toList()));
        Contention policy = policies.getIfAvailable();
        return policy == null ? transactions : transactions.policy(policy);
    }
}
