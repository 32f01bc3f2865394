package dev.conflict.jpa.matrix;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A provider on a database. It starts when it is first asked, and lives with the JVM. */
record Cell(Engine engine, Provider provider) {
    /** How a persistence unit is set up. */
    enum Way {
        PLAIN,
        /** Statements go to the database in batches. */
        BATCHED,
        /** Transactions read from snapshots, and fail where they would write what is newer. */
        SNAPSHOTS,
        SERIALIZABLE
    }

    private record Unit(Cell cell, Way way) {}

    /** Held, so that the levels stay: the tests make databases refuse things all the time. */
    private static final List<Logger> LOGS =
            List.of(Logger.getLogger("org.hibernate"), Logger.getLogger("org.jboss.logging"));

    /** Where Hibernate comes with the older specification, and EclipseLink with the newer. */
    private static final Set<Engine> HIBERNATE_WITH_OLDER = Set.of(Engine.H2, Engine.DERBY, Engine.POSTGRESQL);

    private static final Map<Cell, Store> STORES = new ConcurrentHashMap<>();
    private static final Map<Unit, EntityManagerFactory> UNITS = new ConcurrentHashMap<>();

    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            for (Provider provider : Provider.values()) {
                cells.add(new Cell(engine, provider));
            }
        }
        return cells;
    }

    /**
     * Whether the cell is among the few that are always played. Each database has Hibernate with one specification and EclipseLink
     * with the other, so that every two of database, provider and specification meet. MariaDB is nowhere but where it is installed.
     */
    boolean isAlways() {
        boolean older = HIBERNATE_WITH_OLDER.contains(engine) == isHibernate();
        return engine != Engine.MARIADB && older == Provider.specification().equals("3.1");
    }

    boolean isHibernate() {
        return provider == Provider.HIBERNATE;
    }

    /** By which a table of what is expected means this cell. */
    Set<String> words() {
        return Set.of(engine.name(), provider.name(), provider.line());
    }

    Store store() {
        return STORES.computeIfAbsent(this, cell -> {
            Store store = engine.fresh();
            store.execute(Tables.on(engine));
            return store;
        });
    }

    EntityManagerFactory factory(Way way) {
        return UNITS.computeIfAbsent(new Unit(this, way), Cell::start);
    }

    private static EntityManagerFactory start(Unit unit) {
        LOGS.forEach(log -> log.setLevel(Level.OFF));
        Store store = unit.cell.store();
        Map<String, Object> settings = new HashMap<>(Map.of(
                "jakarta.persistence.provider",
                unit.cell.provider.type(),
                "hibernate.connection.pool_size",
                "20",
                "eclipselink.weaving",
                "false",
                "eclipselink.logging.level",
                "OFF",
                "eclipselink.session-name",
                unit.toString()));
        switch (unit.way) {
            case PLAIN -> settings.putAll(address(store));
            case BATCHED -> {
                settings.putAll(address(store));
                settings.put("hibernate.jdbc.batch_size", "10");
                settings.put("eclipselink.jdbc.batch-writing", "JDBC");
            }
            case SNAPSHOTS ->
                settings.put(
                        "jakarta.persistence.nonJtaDataSource", new Store.Prepared(store, unit.cell.engine::freeze));
            case SERIALIZABLE ->
                settings.put(
                        "jakarta.persistence.nonJtaDataSource",
                        new Store.Prepared(
                                store,
                                connection -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE)));
        }
        return Persistence.createEntityManagerFactory("kit", settings);
    }

    private static Map<String, String> address(Store store) {
        return Map.of(
                "jakarta.persistence.jdbc.url", store.url(),
                "jakarta.persistence.jdbc.user", store.user(),
                "jakarta.persistence.jdbc.password", store.password());
    }

    @Override
    public String toString() {
        return provider + " on " + engine;
    }
}
