package org.lastlogin.dictproto.testing;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class if it leaks a buffer of Netty. JUnit finds it as a service, so that it watches
 * every buffer of every test.
 */
public final class LeakCheck implements AfterAllCallback {
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  static {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecorderFactory());
  }

  /** For JUnit. */
  public LeakCheck() {}

  @Override
  public void afterAll(ExtensionContext context) {
    collectGarbage();
    // Netty looks for what was lost when it hands out another buffer.
    ByteBufAllocator.DEFAULT.heapBuffer().release();
    ByteBufAllocator.DEFAULT.directBuffer().release();
    List<String> found = new ArrayList<>();
    for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
      found.add(leak);
    }
    if (!found.isEmpty()) {
      throw new AssertionError("Buffers were not released:\n" + String.join("\n", found));
    }
  }

  private static void collectGarbage() {
    // Netty learns of a lost buffer through such a queue, too, a moment after the collection.
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    WeakReference<Object> witness = new WeakReference<>(new Object(), collected);
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              if (witness.get() != null) {
                System.gc();
              }
              return collected.poll() != null;
            });
  }

  /** Makes detectors that remember what they find. */
  private static final class RecorderFactory extends ResourceLeakDetectorFactory {
    // Netty still asks for an implementation.
    @SuppressWarnings("deprecation")
    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return new Recorder<>(resource, samplingInterval);
    }
  }

  /** Remembers what it finds. */
  private static final class Recorder<T> extends ResourceLeakDetector<T> {
    Recorder(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
      LEAKS.add(resourceType + ": " + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
      LEAKS.add(resourceType);
    }
  }
}
