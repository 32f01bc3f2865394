package dev.conflict.spring.data.rest.app;

import org.springframework.data.jpa.repository.JpaRepository;

/** What Spring exports as /notes. */
public interface NoteRepository extends JpaRepository<Note, Long> {}
