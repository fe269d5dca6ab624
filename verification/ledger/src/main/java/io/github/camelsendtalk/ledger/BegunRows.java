package io.github.camelsendtalk.ledger;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.camel.spi.IdempotentRepository;

/** The rows of the campaign that have begun; outlives contexts, as a table in a database does. */
final class BegunRows implements IdempotentRepository {

    private final AtomicIntegerArray begun;

    BegunRows(int rows) {
        begun = new AtomicIntegerArray(rows);
    }

    @Override
    public boolean add(String row) {
        return begun.compareAndSet(Integer.parseInt(row), 0, 1);
    }

    @Override
    public boolean contains(String row) {
        return begun.get(Integer.parseInt(row)) == 1;
    }

    @Override
    public boolean remove(String row) {
        return begun.compareAndSet(Integer.parseInt(row), 1, 0);
    }

    @Override
    public boolean confirm(String row) {
        return true;
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
