package io.github.camelsendtalk.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewestTest {

    private final Newest<Integer, String> newest = new Newest<>(2);

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
    void aListIsACopy() {
        newest.add(1, "one");
        var before = newest.all();
        newest.clear();

        assertThat(before).containsExactly("one");
        assertThat(newest.all()).isEmpty();
    }
}
