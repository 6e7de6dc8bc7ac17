package org.funkstille.lab.facade.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The switch for faults, in front of everything that a facade serves. Any thread may use it at any time. */
public final class Faults {

    /** Of every method. */
    public static final String ANY = "*";

    private final List<Order> orders = new ArrayList<>();
    private CountDownLatch released = new CountDownLatch(1);

    private static final class Order {
        private final String method;
        private final String pathPrefix;
        private final Fault fault;
        private long left;

        Order(long left, String method, String pathPrefix, Fault fault) {
            this.left = left;
            this.method = method;
            this.pathPrefix = pathPrefix;
            this.fault = fault;
        }

        boolean isForFacade() {
            return fault instanceof Fault.OkAndDoNothing;
        }

        boolean isFor(WebRequest request) {
            return (method.equals(ANY) || method.equals(request.method()))
                    && request.path().startsWith(pathPrefix);
        }
    }

    /**
     * The next requests of that kind go wrong. Where several orders fit a request, the oldest has it.
     *
     * @param count of requests
     * @param method {@code GET}, …, or {@link #ANY}
     */
    public synchronized void next(int count, String method, String pathPrefix, Fault fault) {
        orders.add(new Order(count, method, pathPrefix, fault));
    }

    /** All requests of that kind go wrong, until {@link #clear}. */
    public synchronized void all(String method, String pathPrefix, Fault fault) {
        orders.add(new Order(Long.MAX_VALUE, method, pathPrefix, fault));
    }

    /** From now on nothing goes wrong; what hangs is cut off. */
    public synchronized void clear() {
        orders.clear();
        released.countDown();
        released = new CountDownLatch(1);
    }

    /** What the server is to do, which uses the order up; orders that the facade has to follow are left. */
    synchronized Optional<Fault> take(WebRequest request) {
        for (Order order : orders) {
            if (order.isFor(request)) {
                return order.isForFacade() ? Optional.empty() : Optional.of(used(order));
            }
        }
        return Optional.empty();
    }

    /** True where the facade shall answer this request as if it had been done, but not do it. Uses the order up. */
    public synchronized boolean swallows(WebRequest request) {
        for (Order order : orders) {
            if (order.isFor(request)) {
                return order.isForFacade() && used(order) instanceof Fault.OkAndDoNothing;
            }
        }
        return false;
    }

    private Fault used(Order order) {
        order.left--;
        if (order.left == 0) {
            orders.remove(order);
        }
        return order.fault;
    }

    void hang() throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = released;
        }
        latch.await();
    }
}
