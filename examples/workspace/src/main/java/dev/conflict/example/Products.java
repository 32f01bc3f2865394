package dev.conflict.example;

import dev.conflict.ConflictException;
import dev.conflict.Conflicts;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import jakarta.persistence.EntityManager;
import java.net.URI;

/** Keeps products, each under a number (SKU) that no other has. */
final class Products {
    private static final EntityVersions<Product> VERSIONS = EntityVersions.of(Product.class);

    private final Store store;

    Products(Store store) {
        this.store = store;
    }

    /** Creates a product: 409 SKU_EXISTS with the way to the one that is there, also when both come in the same moment. */
    Product.View create(String sku, String name, long stock) {
        requireStock(stock);
        return store.inTransaction(em -> requireNew(em, sku), em -> {
                    Product product = new Product(sku, name, stock);
                    em.persist(product);
                    return product;
                })
                .view();
    }

    private static void requireNew(EntityManager em, String sku) {
        em.createQuery("select p from Product p where p.sku = :sku", Product.class)
                .setParameter("sku", sku)
                .getResultStream()
                .findFirst()
                .ifPresent(existing -> {
                    throw ConflictException.exists("SKU").field("sku").at(URI.create("/products/" + existing.id()));
                });
    }

    private static void requireStock(long stock) {
        Conflicts.requireRule("stock", "not-negative", stock, pieces -> pieces >= 0);
    }

    Product.View read(long id, ConditionalRequest request) {
        return store.inTransaction(em -> {
                    Product product = VERSIONS.find(em, id, request);
                    VERSIONS.respondWithTag(em, product, request);
                    return product;
                })
                .view();
    }

    /** Updates a product by version: whoever counted the shelf before somebody ordered has to count again. */
    Product.View update(long id, String name, long stock, ConditionalRequest request) {
        return store.inTransaction(em -> {
                    Product product = VERSIONS.find(em, id, request);
                    requireStock(stock);
                    product.write(name, stock);
                    return product;
                })
                .view();
    }
}
