package dev.conflict.data.app;

import org.springframework.data.jpa.repository.JpaRepository;

/** Exported at {@code /items}. */
public interface Items extends JpaRepository<Item, Long> {}
