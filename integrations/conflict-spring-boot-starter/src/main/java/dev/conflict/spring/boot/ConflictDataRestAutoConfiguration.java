package dev.conflict.spring.boot;

import dev.conflict.spring.ConflictDataRest;
import dev.conflict.spring.PreconditionDemand;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.data.rest.webmvc.HttpHeadersPreparer;
import org.springframework.data.rest.webmvc.RepositoryRestHandlerAdapter;

/** Guards the items of Spring Data REST that are entities with a version. */
@AutoConfiguration(after = ConflictAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({RepositoryRestHandlerAdapter.class, EntityManagerFactory.class})
@ConditionalOnProperty(
        prefix = ConflictProperties.PREFIX,
        name = {"enabled", "data-rest.enabled"},
        matchIfMissing = true)
public class ConflictDataRestAutoConfiguration {
    /** Creates the configuration; for Spring. */
    public ConflictDataRestAutoConfiguration() {}

    /** Static, and asking late, because it has to be there before the repositories are. */
    @Bean
    @ConditionalOnMissingBean
    static ConflictDataRest conflictDataRest(
            ObjectProvider<EntityManagerFactory> factories,
            ObjectProvider<HttpHeadersPreparer> fields,
            ObjectProvider<ConflictProperties> properties) {
        return new ConflictDataRest(
                factories::stream,
                fields::getObject,
                () -> properties.getObject().dataRest().requirePreconditions()
                        ? PreconditionDemand.BY_RULES
                        : PreconditionDemand.NONE);
    }
}
