package io.github.camelsendtalk.example.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.SendTalkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.apache.camel.spi.IdempotentRepository;
import org.jspecify.annotations.Nullable;

/**
 * Keeps on disk how each row stands, so that a campaign can be interrupted at any time and started again.
 *
 * <p>The file is only ever appended to, a JSON object a line; of a row's lines the last one counts. That a row is begun is
 * on the disk before it is sent: a row without an end may have been sent, and is never begun again by itself. The file
 * holds no text and no whole number: a row is known by a hash of what would be sent.
 */
public final class Journal implements IdempotentRepository {

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();
    private static final ObjectReader READER = JSON.readerFor(Entry.class);
    private static final ObjectWriter WRITER = JSON.writerFor(Entry.class);
    private static final String INTERRUPTED = "The campaign was interrupted while this row was on its way.";

    private record Entry(String time, String row, int line, String phone, Result result) {}

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Row> rows = new HashMap<>();
    private final Map<String, Result> results = new HashMap<>();
    private final Set<String> begunNow = new HashSet<>();
    private @Nullable UncheckedIOException broken;

    private Journal(Path file, FileChannel channel, Collection<Row> rows) {
        this.file = file;
        this.channel = channel;
        rows.forEach(row -> this.rows.putIfAbsent(row.key(), row));
    }

    /**
     * Opens a journal, and holds it until it is closed.
     *
     * @param rows the rows that may be begun
     * @throws RefusalException if another campaign holds it, or it can't be read
     */
    static Journal open(Path file, Collection<Row> rows) throws RefusalException {
        FileChannel channel = null;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock(file, channel);
            Journal journal = new Journal(file, channel, rows);
            journal.load();
            return journal;
        } catch (IOException e) {
            closeQuietly(channel);
            throw new RefusalException("The journal %s can't be opened (%s)".formatted(file, e.getMessage()));
        } catch (RefusalException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private static void lock(Path file, FileChannel channel) throws IOException, RefusalException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // held by this JVM: refused below
        }
        throw new RefusalException(
                "Another campaign is running with the journal %s: wait until it has ended".formatted(file));
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // nothing was written
            }
        }
    }

    private void load() throws IOException, RefusalException {
        // through the channel that holds the lock: closing another one on the same file would release it on Unix
        byte[] bytes = Channels.newInputStream(channel).readAllBytes();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            // half a line, from a campaign that was killed: what it was to begin was not sent, what it was to end is
            // unknown
            end--;
        }
        List<String> lines =
                new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Entry entry = entry(i + 1, lines.get(i));
            results.put(entry.row(), entry.result());
        }
        channel.truncate(end);
        channel.position(end);
    }

    private Entry entry(int number, String line) throws RefusalException {
        try {
            Entry entry = READER.readValue(line);
            if (entry != null
                    && entry.row() != null
                    && entry.result() != null
                    && entry.result().outcome() != null) {
                return entry;
            }
        } catch (JsonProcessingException e) {
            // refused below
        }
        throw new RefusalException(
                "Line %d of the journal %s can't be read, so that nobody knows what became of its row: correct it, or move the file away to begin anew"
                        .formatted(number, file));
    }

    /** How a row stands, or null if it was never begun. */
    synchronized @Nullable Result resultOf(Row row) {
        return results.get(row.key());
    }

    synchronized boolean isBegunNow(Row row) {
        return begunNow.contains(row.key());
    }

    /** Notes what a person has decided. */
    synchronized void decide(Row row, Result result) {
        write(row.key(), result);
    }

    /** Begins a row, unless it was begun before and must not be again. */
    @Override
    public synchronized boolean add(String key) {
        Result before = results.get(key);
        if (before != null && before.outcome().isSettled()) {
            return false;
        }
        write(key, Result.of(Outcome.UNKNOWN, INTERRUPTED));
        begunNow.add(key);
        return true;
    }

    /** Ends a row that was sent. */
    @Override
    public synchronized boolean confirm(Exchange exchange, String key) {
        String id = exchange.getMessage().getHeader(SendTalkConstants.MESSAGE_ID, String.class);
        try {
            write(key, Result.accepted(id));
            return true;
        } catch (UncheckedIOException e) {
            // thrown from here it would be nobody's
            exchange.setException(e);
            return false;
        }
    }

    /** Ends a row that failed, or keeps for one that was sent why its status is not known. */
    public synchronized void failed(@Variable("row") Row row, @ExchangeException SendTalkException e) {
        Result before = results.get(row.key());
        boolean sent = before != null && before.id() != null;
        write(row.key(), sent ? before.notFollowed(e) : Result.failed(e));
    }

    /** The id of a row that was sent and whose last status is not known, or null. */
    public synchronized @Nullable String idToFollow(@Variable("row") Row row) {
        Result result = results.get(row.key());
        return result != null && result.outcome() == Outcome.ACCEPTED ? result.id() : null;
    }

    /** Keeps the status of a row that was sent. */
    public synchronized void followed(@Variable("row") Row row, @Body MessageStatus status) {
        write(row.key(), results.get(row.key()).followed(status));
    }

    private void write(String key, Result result) {
        if (broken != null) {
            // half a line may have been written, and may only be the last one
            throw broken;
        }
        Row row = rows.get(key);
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        try {
            String line = WRITER.writeValueAsString(new Entry(time, key, row.line(), row.maskedNumber(), result));
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            broken =
                    new UncheckedIOException("The journal %s can't be written (%s)".formatted(file, e.getMessage()), e);
            throw broken;
        }
        results.put(key, result);
    }

    @Override
    public synchronized boolean contains(String key) {
        Result result = results.get(key);
        return result != null && result.outcome().isSettled();
    }

    @Override
    public boolean confirm(String key) {
        throw new UnsupportedOperationException("A row ends with the id of its message");
    }

    @Override
    public boolean remove(String key) {
        throw new UnsupportedOperationException("A journal forgets nothing: set removeOnFailure to false");
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("A journal forgets nothing");
    }

    @Override
    public void start() {}

    /** Does nothing: the journal outlives the route, because the report is made from it. */
    @Override
    public void stop() {}

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
