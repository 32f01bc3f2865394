package dev.conflict.spring.boot.repositories;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** The ways in which a repository of Spring Data writes. */
public interface Items extends JpaRepository<Item, Long> {
    @Modifying
    @Query("update Item i set i.title = ?2 where i.id = ?1")
    int rename(long id, String title);

    @Modifying
    @Query("update Item i set i.title = ?3, i.version = i.version + 1 where i.id = ?1 and i.version = ?2")
    int rename(long id, long version, String title);

    long deleteByKind(String kind);

    long deleteByIdAndVersion(long id, long version);

    @Lock(LockModeType.OPTIMISTIC)
    Optional<Item> findWithLockById(long id);

    @Lock(LockModeType.OPTIMISTIC_FORCE_INCREMENT)
    Optional<Item> findWithIncrementById(long id);
}
