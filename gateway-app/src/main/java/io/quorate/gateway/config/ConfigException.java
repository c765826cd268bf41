package io.quorate.gateway.config;

/** A setting is refused. The message is one sentence for the person who wrote it. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public ConfigException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /** What is wrong, in one sentence. */
    public String sentence() {
        return sentence;
    }
}
