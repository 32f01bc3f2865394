package dev.conflict.benchmarks;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.MurmurHash3;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a tag of a body costs, by hash: the digests of the JDK, and a fast hash that is none for enemies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HashBenchmark {
    @Param({"SHA-256", "SHA-512/256", "SHA-1", "MD5", "Murmur3-128"})
    public String hash;

    @Param({"1024", "16384", "262144"})
    public int bytes;

    private byte[] content;

    @Setup
    public void fill() {
        content = new byte[bytes];
        new Random(1).nextBytes(content);
    }

    @Benchmark
    public Object hash() throws NoSuchAlgorithmException {
        if (hash.startsWith("Murmur")) {
            return MurmurHash3.hash128x64(content);
        }
        MessageDigest digest = MessageDigest.getInstance(hash);
        digest.update(content);
        return digest.digest();
    }
}
