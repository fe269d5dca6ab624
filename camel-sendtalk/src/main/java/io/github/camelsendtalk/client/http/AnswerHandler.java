package io.github.camelsendtalk.client.http;

/** Receives how a call ended: one of the two methods is called, once. They must not throw. */
public interface AnswerHandler {

    /** A whole answer came, or one that is too long. */
    void answered(Answer answer);

    /** No answer came. */
    void failed(TransportFailure failure);
}
