package dev.conflict.spring.boot;

import dev.conflict.spring.data.rest.DataRestGuard;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.data.rest.webmvc.RepositoryRestHandlerAdapter;

/** Has the items that Spring Data REST writes guarded by what the request states: {@link DataRestGuard}. */
@AutoConfiguration(after = ConflictAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(RepositoryRestHandlerAdapter.class)
@ConditionalOnBooleanProperty(
        prefix = ConflictProperties.PREFIX,
        name = {"enabled", "data-rest.enabled"},
        matchIfMissing = true)
public class ConflictDataRestAutoConfiguration {
    /** Creates the configuration; for Spring. */
    public ConflictDataRestAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    static DataRestGuard conflictDataRestGuard(ListableBeanFactory beans) {
        return new DataRestGuard(beans);
    }
}
