package dev.conflict.jpa.kit;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The providers on the class path, each on each engine. A stack starts when a test first asks and lives with the JVM. */
public enum Stack {
    HIBERNATE_ON_H2("org.hibernate.jpa.HibernatePersistenceProvider", DatabaseEngine.H2),
    HIBERNATE_ON_POSTGRESQL("org.hibernate.jpa.HibernatePersistenceProvider", DatabaseEngine.POSTGRESQL),
    ECLIPSELINK_ON_H2("org.eclipse.persistence.jpa.PersistenceProvider", DatabaseEngine.H2),
    ECLIPSELINK_ON_POSTGRESQL("org.eclipse.persistence.jpa.PersistenceProvider", DatabaseEngine.POSTGRESQL);

    /** Held, so that the level stays: the tests make databases refuse things all the time. */
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    private static final AtomicInteger OTHERS = new AtomicInteger();

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

    /** Returns whether the provider is Hibernate 6, which calls more things an optimistic lock than its successor. */
    boolean isHibernate6() {
        return isHibernate() && org.hibernate.Version.getVersionString().startsWith("6.");
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

    /** Opens another factory on the same database, which the caller closes, on connections of its own. */
    EntityManagerFactory another(DataSource source) {
        Map<String, Object> properties = new HashMap<>(common());
        properties.put("jakarta.persistence.nonJtaDataSource", source);
        properties.put("eclipselink.session-name", name() + "-" + OTHERS.incrementAndGet());
        return Persistence.createEntityManagerFactory("kit", properties);
    }

    /** Opens another factory on the same database, which the caller closes. */
    EntityManagerFactory another() {
        return another(database().dataSource());
    }

    private Map<String, String> common() {
        return Map.of(
                "jakarta.persistence.provider",
                provider,
                "eclipselink.weaving",
                "false",
                "eclipselink.logging.level",
                "OFF");
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
        database.execute(Schema.MOMENTS);
        if (engine == DatabaseEngine.POSTGRESQL) {
            database.execute(Schema.DEFERRED);
        }
        Map<String, String> properties = new HashMap<>(common());
        properties.put("jakarta.persistence.jdbc.url", url(database));
        properties.put("jakarta.persistence.jdbc.user", database.user());
        properties.put("jakarta.persistence.jdbc.password", database.password());
        properties.put("hibernate.connection.pool_size", "20");
        properties.put("eclipselink.session-name", name());
        return new Running(database, Persistence.createEntityManagerFactory("kit", properties));
    }
}
