package dev.conflict.example.kotlin

import dev.conflict.problem.ProblemDetail
import jakarta.persistence.EntityManagerFactory
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.springframework.boot.builder.SpringApplicationBuilder
import org.springframework.context.ConfigurableApplicationContext

class DocumentsTest {
    companion object {
        private lateinit var application: ConfigurableApplicationContext
        private lateinit var base: String

        @BeforeAll
        @JvmStatic
        fun start() {
            application = SpringApplicationBuilder(Application::class.java)
                .run("--server.port=0", "--spring.jpa.hibernate.ddl-auto=create", "--spring.jpa.open-in-view=false")
            base = "http://localhost:" + application.environment.getProperty("local.server.port")
            val em = application.getBean(EntityManagerFactory::class.java).createEntityManager()
            em.transaction.begin()
            em.persist(Document(1, "Plan"))
            em.persist(Document(2, "Taken"))
            em.transaction.commit()
            em.close()
        }

        @AfterAll
        @JvmStatic
        fun stop() = application.close()
    }

    private val client = HttpClient.newHttpClient()

    @Test
    fun staleWriteIsRefusedAndTheNextOneGoesThrough() {
        val first = get()
        val tag = first.headers().firstValue("ETag").orElseThrow()
        assertThat(put("Plan B", tag).statusCode()).isEqualTo(200)

        val refused = put("Plan C", tag)

        assertThat(refused.statusCode()).isEqualTo(412)
        assertThat(problem(refused).code()).contains("VERSION_MISMATCH")
        val current = refused.headers().firstValue("ETag").orElseThrow()
        assertThat(put("Plan C", current).statusCode()).isEqualTo(200)
    }

    @Test
    fun writeThatStatesNothingIsAskedForAPrecondition() {
        assertThat(put("Plan D", null).statusCode()).isEqualTo(428)
    }

    @Test
    fun takenTitleIsAConflict() {
        val tag = get().headers().firstValue("ETag").orElseThrow()

        val refused = put("Taken", tag)

        assertThat(refused.statusCode()).isEqualTo(409)
        assertThat(problem(refused).code()).contains("TITLE_TAKEN")
    }

    private fun problem(response: HttpResponse<String>): ProblemDetail =
        ProblemDetail.parse(response.body().toByteArray()).orElseThrow()

    private fun get(): HttpResponse<String> =
        client.send(HttpRequest.newBuilder(URI.create("$base/documents/1")).build(), BodyHandlers.ofString())

    private fun put(title: String, tag: String?): HttpResponse<String> {
        val request = HttpRequest.newBuilder(URI.create("$base/documents/1"))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("""{"title":"$title"}"""))
        tag?.let { request.header("If-Match", it) }
        return client.send(request.build(), BodyHandlers.ofString())
    }
}
