package dev.conflict.spring.data.rest.app;

import org.springframework.data.jpa.repository.JpaRepository;

/** What Spring exports as /pages. */
public interface PageRepository extends JpaRepository<Page, Long> {}
