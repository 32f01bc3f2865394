package dev.conflict.jpa;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PersistenceUnitUtil;
import org.junit.jupiter.api.Test;

/** Of a provider that nobody has looked at, nothing is promised. */
class UnknownProviderTest {
    @Test
    void nobodyClaimsToWatchIt() {
        EntityManagerFactory factory = mock(EntityManagerFactory.class);
        PersistenceUnitUtil util = mock(PersistenceUnitUtil.class);
        when(factory.getPersistenceUnitUtil()).thenReturn(util);
        when(factory.unwrap(any())).thenThrow(new PersistenceException("unknown"));

        assertThatThrownBy(() -> VersionWrites.refuse(factory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Only Hibernate and EclipseLink are known");
    }
}
