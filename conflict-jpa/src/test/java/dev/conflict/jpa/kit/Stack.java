package dev.conflict.jpa.kit;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The providers on the class path, each on each engine. A stack starts when a test first asks and lives with the JVM. */
public enum Stack {
    HIBERNATE_ON_H2("org.hibernate.jpa.HibernatePersistenceProvider", DatabaseEngine.H2),
    HIBERNATE_ON_POSTGRESQL("org.hibernate.jpa.HibernatePersistenceProvider", DatabaseEngine.POSTGRESQL),
    ECLIPSELINK_ON_H2("org.eclipse.persistence.jpa.PersistenceProvider", DatabaseEngine.H2),
    ECLIPSELINK_ON_POSTGRESQL("org.eclipse.persistence.jpa.PersistenceProvider", DatabaseEngine.POSTGRESQL);

    /** Held, so that the level stays: the tests make databases refuse things all the time. */
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    private static final Map<Stack, Running> RUNNING = new EnumMap<>(Stack.class);

    private final String provider;
    private final DatabaseEngine engine;

    Stack(String provider, DatabaseEngine engine) {
        this.provider = provider;
        this.engine = engine;
    }

    private record Running(Database database, EntityManagerFactory factory) {}

    /** Returns whether the provider is Hibernate, for the few facts in which the two differ. */
    public boolean isHibernate() {
        return provider.startsWith("org.hibernate");
    }

    /** Returns the engine. */
    public DatabaseEngine engine() {
        return engine;
    }

    /** Returns the database, in which the tables of the kit stand. */
    public Database database() {
        return running().database;
    }

    /** Returns the factory, which several threads may use. */
    public EntityManagerFactory factory() {
        return running().factory;
    }

    private Running running() {
        synchronized (RUNNING) {
            return RUNNING.computeIfAbsent(this, Stack::start);
        }
    }

    /** EclipseLink asks H2 for a generated identifier by a function that only its legacy mode still has. */
    private String url(Database database) {
        return this == ECLIPSELINK_ON_H2 ? database.url() + ";MODE=LEGACY" : database.url();
    }

    private Running start() {
        HIBERNATE.setLevel(Level.OFF);
        Database database = engine.fresh();
        database.execute(Schema.TABLES);
        if (engine == DatabaseEngine.POSTGRESQL) {
            database.execute(Schema.DEFERRED);
        }
        return new Running(
                database,
                Persistence.createEntityManagerFactory(
                        "kit",
                        Map.of(
                                "jakarta.persistence.provider",
                                provider,
                                "jakarta.persistence.jdbc.url",
                                url(database),
                                "jakarta.persistence.jdbc.user",
                                database.user(),
                                "jakarta.persistence.jdbc.password",
                                database.password(),
                                "hibernate.connection.pool_size",
                                "20",
                                "eclipselink.weaving",
                                "false",
                                "eclipselink.logging.level",
                                "OFF",
                                "eclipselink.session-name",
                                name())));
    }
}
