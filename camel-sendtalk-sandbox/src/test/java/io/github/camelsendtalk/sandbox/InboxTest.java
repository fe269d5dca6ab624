package io.github.camelsendtalk.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static final int CHARACTERS = 64 << 20;

    private final Inbox inbox = new Inbox();
    private final InstantSource clock = InstantSource.system();
    private final InboxView view = new InboxView(inbox, new Statuses(clock, Duration.ZERO, Duration.ZERO), clock);

    @Test
    void theNewestHundredThousandAreKeptAndTheOthersCounted() {
        for (int i = 0; i < 100_001; i++) {
            inbox.add(entry(i, "Hi", i % 2 == 0 ? null : "refused"));
        }

        assertThat(inbox.matching(entry -> true)).hasSize(100_000);
        assertThat(inbox.get("0")).isNull();
        assertThat(inbox.get("1")).isNotNull();
        assertThat(inbox.get("100000")).isNotNull();
        assertThat(inbox.forgotten()).isOne();
        assertThat(view.messages(entry -> true, "", 2)).satisfies(newest -> {
            assertThat(newest.messages()).extracting(fields -> fields.get("id")).containsExactly("99999", "100000");
            assertThat(newest.total()).isEqualTo(100_000);
            assertThat(newest.forgotten()).isOne();
        });
        assertThat(view.conversations(entry -> true, 1)).satisfies(all -> {
            assertThat(all.capacity()).isEqualTo(100_000);
            assertThat(all.messages()).isEqualTo(50_000);
            assertThat(all.refused()).isEqualTo(50_000);
            assertThat(all.forgotten()).isOne();
        });
    }

    @Test
    void aMessageThatIsLongerThanTheBoundIsKeptAlone() {
        inbox.add(entry(1, "Hi", null));
        inbox.add(entry(2, "Hi", null));
        inbox.add(entry(3, "a".repeat(CHARACTERS), null));

        assertThat(inbox.matching(entry -> true)).extracting(Entry::id).containsExactly("3");
        assertThat(inbox.forgotten()).isEqualTo(2);
    }

    @Test
    void messagesThatWereForgottenCountAsArrived() throws InterruptedException {
        inbox.add(entry(1, "Hi", null));
        inbox.add(entry(2, "a".repeat(CHARACTERS), null));

        assertThat(inbox.await(2, Duration.ZERO)).isTrue();
    }

    @Test
    void clearedMessagesAreNotCountedAsForgotten() {
        inbox.add(entry(1, "Hi", null));

        inbox.clear();

        assertThat(inbox.forgotten()).isZero();
        assertThat(inbox.matching(entry -> true)).isEmpty();
    }

    private static Entry entry(int id, String body, String refused) {
        return new Entry(
                String.valueOf(id), "62811001234", "text", body, null, null, 0, Entry.Life.READ, refused, null);
    }
}
