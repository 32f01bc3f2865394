package dev.conflict.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.EntityTag;
import java.io.ByteArrayInputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A write that holds the lock of its file until it is let go. */
final class ConflictFilesHolder {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final Future<EntityTag> done;

    ConflictFilesHolder(ExecutorService threads, ConflictFiles files, String name) throws InterruptedException {
        done = threads.submit(() -> files.put(name, tag -> await(), new ByteArrayInputStream(new byte[1])));
        assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void await() {
        held.countDown();
        try {
            letGo.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void end() throws Exception {
        letGo.countDown();
        assertThat(done.get()).isNotNull();
    }
}
