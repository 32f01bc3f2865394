package dev.conflict.spring.data.rest.app;

import org.springframework.data.jpa.repository.JpaRepository;

/** What Spring exports as /shelves. */
public interface ShelfRepository extends JpaRepository<Shelf, Long> {}
