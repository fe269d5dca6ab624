package io.github.camelsendtalk.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewestTest {

    private final Newest<Integer, String> newest = new Newest<>(2, 100, String::length);

    @Test
    void theOldestEntryGivesWayToTheNewest() {
        newest.add(1, "one");
        newest.add(2, "two");
        newest.add(3, "three");

        assertThat(newest.all()).containsExactly("two", "three");
        assertThat(newest.get(1)).isNull();
        assertThat(newest.get(3)).isEqualTo("three");
    }

    @Test
    void anEntryThatIsGoneIsNotReplaced() {
        newest.add(1, "one");
        newest.replace(1, "uno");
        newest.replace(2, "dos");

        assertThat(newest.all()).containsExactly("uno");
    }

    @Test
    void entriesCanBeRemoved() {
        newest.add(1, "one");
        newest.add(2, "two");
        newest.remove(2);
        assertThat(newest.all()).containsExactly("one");

        newest.removeOldest();
        newest.removeOldest();
        assertThat(newest.all()).isEmpty();
    }

    @Test
    void theOldestEntriesGiveWayToAHeavyOne() {
        newest.add(1, "a");
        newest.add(2, "b".repeat(99));
        assertThat(newest.size()).isEqualTo(2);

        newest.replace(1, "aa");
        newest.add(3, "c");
        assertThat(newest.all()).containsExactly("b".repeat(99), "c");

        newest.add(4, "d".repeat(101));
        assertThat(newest.all()).containsExactly("d".repeat(101));
    }

    @Test
    void whatIsRemovedWeighsNothing() {
        newest.add(1, "a".repeat(60));
        newest.add(1, "b".repeat(60));
        newest.add(2, "c".repeat(40));
        assertThat(newest.size()).isEqualTo(2);

        newest.clear();
        newest.add(3, "d".repeat(60));
        newest.add(4, "e".repeat(40));
        assertThat(newest.size()).isEqualTo(2);
    }

    @Test
    void aListIsACopy() {
        newest.add(1, "one");
        var before = newest.all();
        newest.clear();

        assertThat(before).containsExactly("one");
        assertThat(newest.all()).isEmpty();
    }
}
