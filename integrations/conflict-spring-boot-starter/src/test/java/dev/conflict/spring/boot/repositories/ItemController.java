package dev.conflict.spring.boot.repositories;

import dev.conflict.Conflicts;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Writes an item in the way that the request names, while somebody else writes it before the transaction or during it. */
@SpringBootApplication
@RestController
public class ItemController {
    private static final EntityVersions<Item> ITEMS = EntityVersions.of(Item.class, Item::getVersion);

    @PersistenceContext
    private EntityManager em;

    private final Items items;
    private final DataSource database;

    ItemController(Items items, DataSource database) {
        this.items = items;
        this.database = database;
    }

    @Bean
    static SecurityFilterChain open(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @GetMapping("/items/{id}")
    @Transactional(readOnly = true)
    public String get(@PathVariable long id, ConditionalRequest conditional) {
        Item item = ITEMS.find(em, id, conditional);
        ITEMS.respondWithTag(em, item, conditional);
        return item.getTitle();
    }

    /** {@code version} is what the client says in place of If-Match, where the way of writing takes one. */
    @PutMapping("/items/{id}/{way}")
    @Transactional
    public void put(
            @PathVariable long id,
            @PathVariable String way,
            @RequestParam boolean during,
            @RequestParam long version,
            ConditionalRequest conditional) {
        switch (way) {
            case "save" -> items.save(renamed(items.findById(id).orElseThrow(), during));
            case "save, found with find" -> items.save(renamed(ITEMS.find(em, id, conditional), during));
            case "save, then check" -> {
                Item item = renamed(items.findById(id).orElseThrow(), during);
                ITEMS.check(em, item, conditional);
                items.save(item);
            }
            case "save detached" -> {
                meanwhile(during, id);
                items.save(new Item(id, version, "mine"));
            }
            case "save new" -> {
                meanwhile(during, id);
                items.save(new Item(id, null, "mine"));
            }
            case "saveAndFlush" -> items.saveAndFlush(renamed(items.findById(id).orElseThrow(), during));
            case "delete" -> items.delete(renamed(items.findById(id).orElseThrow(), during));
            case "deleteById" -> {
                meanwhile(during, id);
                items.deleteById(id);
            }
            case "deleteById, found with find" -> {
                ITEMS.find(em, id, conditional);
                meanwhile(during, id);
                items.deleteById(id);
            }
            case "deleteAllInBatch" ->
                items.deleteAllInBatch(List.of(read(items.findById(id).orElseThrow(), during)));
            case "deleteAllByIdInBatch" -> {
                meanwhile(during, id);
                items.deleteAllByIdInBatch(List.of(id));
            }
            case "EntityVersions.delete" -> {
                meanwhile(during, id);
                ITEMS.delete(em, id, conditional);
            }
            case "modifying" -> {
                meanwhile(during, id);
                items.rename(id, "mine");
            }
            case "modifying with version" -> {
                meanwhile(during, id);
                Conflicts.requireUpdated(items.rename(id, version, "mine"), version);
            }
            case "withoutLoading" -> {
                meanwhile(during, id);
                ITEMS.withoutLoading().update(em, id, conditional, update -> update.set("title", "mine"));
            }
            case "deleteBy" -> {
                meanwhile(during, id);
                items.deleteByKind("note");
            }
            case "deleteBy with version" -> {
                meanwhile(during, id);
                Conflicts.requireUpdated(items.deleteByIdAndVersion(id, version), version);
            }
            case "lock" -> read(items.findWithLockById(id).orElseThrow(), during);
            case "lock with increment" -> read(items.findWithIncrementById(id).orElseThrow(), during);
            default -> throw new IllegalArgumentException(way);
        }
    }

    private Item renamed(Item item, boolean during) {
        read(item, during).rename("mine");
        return item;
    }

    private Item read(Item item, boolean during) {
        meanwhile(during, item.getId());
        return item;
    }

    /** Somebody else saves, in a transaction of his own. */
    private void meanwhile(boolean during, long id) {
        if (during) {
            theirs(id);
        }
    }

    /** Another connection than the transaction's. */
    private void theirs(long id) {
        try (Connection connection = database.getConnection()) {
            new JdbcTemplate(new SingleConnectionDataSource(connection, true))
                    .update("update item set version = version + 1, title = 'theirs' where id = ?", id);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
