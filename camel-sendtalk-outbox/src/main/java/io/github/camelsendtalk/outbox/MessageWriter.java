package io.github.camelsendtalk.outbox;

import io.github.camelsendtalk.client.SendTalkValidationException;
import java.util.Map;

/** Makes a message of what a row holds, when the row's turn has come. It is called by many threads at a time. */
@FunctionalInterface
public interface MessageWriter {

    /**
     * The message, as {@code sendtalk:send} takes it.
     *
     * @param row the fields of the row that have a value, with SendTalk's names
     * @throws SendTalkValidationException if no message can be made of it: the row ends as wrong, and nothing is sent
     */
    Map<String, Object> messageOf(Map<String, Object> row) throws SendTalkValidationException;
}
