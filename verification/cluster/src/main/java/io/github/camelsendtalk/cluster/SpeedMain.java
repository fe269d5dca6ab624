package io.github.camelsendtalk.cluster;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures how fast a campaign is sent, what a message costs the process and the database, and how long a code waits meanwhile. */
public final class SpeedMain {

    private static final int LATENCY_MILLIS = 100;
    private static final int ROWS_OF_A_PROCESS = 10_000;
    private static final int ROWS_SENT_AT_ONCE = 150_000;
    private static final int ROWS_BESIDE_CODES = 100_000;
    private static final int CODES = 1_000;
    private static final int CODES_PER_SECOND = 10;

    private SpeedMain() {}

    /** Takes the number of rows of the whole campaign, and which of the four things to measure. */
    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[0]);
        for (String part : arguments[1].split(",")) {
            switch (part) {
                case "send" -> sendsOnly();
                case "processes" -> manyProcesses();
                case "codes" -> codesBesideACampaign();
                case "whole" -> wholeCampaign(rows);
                default ->
                    throw new IllegalArgumentException(
                            "-Dparts names '%s': it may be send, processes, codes, whole".formatted(part));
            }
        }
        System.exit(0);
    }

    /** One process reads a file, sends, and asks for each status. */
    private static void wholeCampaign(int rows) throws Exception {
        try (SpeedRun run = new SpeedRun("whole", 0)) {
            Path file = run.folder().resolve("messages.csv");
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                out.write("phone,body,name\n");
                for (int row = 0; row < rows; row++) {
                    out.write("0812-%04d-%04d,\"%s\",Sari %d\n"
                            .formatted(row / 10_000, row % 10_000, SpeedRun.TEXT.formatted(row), row));
                }
            }
            Duration databaseBefore = run.database().cpu();
            long begun = System.nanoTime();
            JavaProcess process = run.start("feed,send,follow", Map.of("campaign.file", file.toString()));
            List<Long> live = new ArrayList<>();
            for (int tenth = 1; tenth <= 10; tenth++) {
                run.awaitFollowed(tenth * (rows / 10));
                live.add(process.liveMegabytes());
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%,d rows in one process that feeds, sends and follows, answers at once: %.0f rows/s,"
                            + " CPU of a row: process %s ms, PostgreSQL %s ms%n",
                    rows,
                    rows / seconds,
                    perRow(process.cpu(), rows),
                    perRow(run.database().cpu().minus(databaseBefore), rows));
            System.out.println("  heap of 256 MB, in use after a collection at each tenth, MB: " + live);
        }
    }

    /** One process sends what stands in the table; what it costs to get warm is not counted. */
    private static void sendsOnly() throws Exception {
        int rows = ROWS_SENT_AT_ONCE;
        try (SpeedRun run = new SpeedRun("send", 0)) {
            JavaProcess process = run.start("send", Map.of("campaign.slots", "100"));
            run.insert(rows);
            int counted = rows - run.awaitSent(rows / 3);
            process.countCpuFromNow();
            Duration databaseBefore = run.database().cpu();
            long begun = System.nanoTime();
            run.awaitSent(rows);
            System.out.printf(
                    "%,d rows, sent by one process with 100 slots, answers at once: %.0f rows/s,"
                            + " CPU of a row: process %s ms, PostgreSQL %s ms%n",
                    rows,
                    counted * 1e9 / (System.nanoTime() - begun),
                    perRow(process.cpu(), counted),
                    perRow(run.database().cpu().minus(databaseBefore), counted));
        }
    }

    /** One, two and three processes that have the same number of slots each. */
    private static void manyProcesses() throws Exception {
        for (int processes = 1; processes <= 3; processes++) {
            manyProcesses(processes);
        }
    }

    private static void manyProcesses(int processes) throws Exception {
        int rows = processes * ROWS_OF_A_PROCESS;
        try (SpeedRun run = new SpeedRun("processes-" + processes, LATENCY_MILLIS)) {
            for (int i = 0; i < processes; i++) {
                run.start("send", Map.of());
            }
            run.insert(rows);
            int counted = rows - run.awaitSent(rows / 5);
            long begun = System.nanoTime();
            run.awaitSent(rows);
            double perSecond = counted * 1e9 / (System.nanoTime() - begun);
            System.out.printf(
                    "%,d rows, %d processes with 30 slots each, answers after %d ms: %.0f rows/s, %.0f for each process%n",
                    rows, processes, LATENCY_MILLIS, perSecond, perSecond / processes);
        }
    }

    /** Codes come one by one while a campaign waits and is sent. */
    private static void codesBesideACampaign() throws Exception {
        try (SpeedRun run = new SpeedRun("codes", LATENCY_MILLIS)) {
            run.start("send,follow", Map.of());
            run.insert(ROWS_BESIDE_CODES);
            run.awaitSent(ROWS_OF_A_PROCESS / 5);
            long[] inserted = new long[CODES];
            long begun = System.nanoTime();
            for (int code = 0; code < CODES; code++) {
                TimeUnit.NANOSECONDS.sleep(begun + code * (1_000_000_000L / CODES_PER_SECOND) - System.nanoTime());
                inserted[code] = System.nanoTime();
                run.insertCode(code);
            }
            run.awaitCodes(CODES);
            long[] nanos = new long[CODES];
            for (int code = 0; code < CODES; code++) {
                nanos[code] = run.arrival(code) - inserted[code];
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "%,d codes, %d a second, while %,d rows wait: from the insert to the API 50 %% within %d ms, 99 %% within %d ms,"
                            + " the last one %d ms%n",
                    CODES,
                    CODES_PER_SECOND,
                    ROWS_BESIDE_CODES,
                    nanos[CODES / 2] / 1_000_000,
                    nanos[CODES * 99 / 100] / 1_000_000,
                    nanos[CODES - 1] / 1_000_000);
        }
    }

    private static String perRow(Duration cpu, int rows) {
        return "%.3f".formatted((double) cpu.toMillis() / rows);
    }
}
