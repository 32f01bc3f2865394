package dev.conflict.example.kotlin

import dev.conflict.Conflicts
import dev.conflict.Disclosure.PUBLIC
import dev.conflict.http.ConditionalRequest
import dev.conflict.jpa.EntityVersions
import jakarta.persistence.Entity
import jakarta.persistence.EntityManager
import jakarta.persistence.Id
import jakarta.persistence.Version
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.runApplication
import org.springframework.transaction.annotation.Transactional
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.PutMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RestController

/** A document; its version is Hibernate's to write. */
@Entity
class Document(@Id var id: Long, var title: String) {
    @Version
    var version: Long = 0
        protected set
}

/** What a client may change. */
data class Edit(val title: String)

/** Documents over HTTP: a stale `If-Match` is 412, none at all 428, a title that is taken 409. */
@RestController
@Transactional
class Documents(private val em: EntityManager) {
    private val versions = EntityVersions.of(Document::class.java, Document::version)

    @GetMapping("/documents/{id}")
    fun read(@PathVariable id: Long, conditional: ConditionalRequest): Document =
        versions.find(em, id, conditional).also { versions.respondWithTag(em, it, conditional) }

    @PutMapping("/documents/{id}")
    fun rename(@PathVariable id: Long, @RequestBody edit: Edit, conditional: ConditionalRequest): Document {
        val document = versions.find(em, id, conditional)
        Conflicts.requireUnique("title", edit.title, ::isTaken, PUBLIC)
        document.title = edit.title
        versions.respondWithTag(em, document, conditional)
        return document
    }

    private fun isTaken(title: String): Boolean =
        em.createQuery("select count(d) from Document d where d.title = :title", Long::class.javaObjectType)
            .setParameter("title", title)
            .singleResult > 0
}

/** The application: the starter is all that it needs. */
@SpringBootApplication
class Application

fun main(arguments: Array<String>) {
    runApplication<Application>(*arguments)
}
