package io.quorate.kv.node;

import java.nio.file.Path;

/** Why a node did not start. Each says so in one sentence that an operator can act on. */
public sealed interface NodeStartFailure {
    /** One clear sentence. */
    String sentence();

    /**
     * Another process holds the data directory.
     *
     * @param directory the directory
     * @param holder the process that holds it, as it wrote itself down
     */
    record DirectoryHeld(Path directory, String holder) implements NodeStartFailure {
        @Override
        public String sentence() {
            return "The data directory " + directory + " is in use by process " + holder
                    + "; stop that process or choose another directory.";
        }
    }

    /**
     * A newer release wrote the data.
     *
     * @param directory the directory
     * @param found the format version in it
     * @param supported the newest format version this release reads
     */
    record NewerFormat(Path directory, int found, int supported) implements NodeStartFailure {
        @Override
        public String sentence() {
            return "The data directory " + directory + " has format version " + found
                    + ", but this release reads versions up to " + supported
                    + "; start it with the release that wrote it or a newer one.";
        }
    }

    /**
     * The directory cannot be used.
     *
     * @param directory the directory
     * @param reason what is wrong with it
     */
    record DirectoryUnusable(Path directory, String reason) implements NodeStartFailure {
        @Override
        public String sentence() {
            return "The data directory " + directory + " cannot be used: " + reason + ".";
        }
    }

    /**
     * The log was damaged where it had been durable.
     *
     * @param reason which file, where, and what
     */
    record LogUnreadable(String reason) implements NodeStartFailure {
        @Override
        public String sentence() {
            return "The log cannot be read: " + reason + "; restore this node from a backup or its"
                    + " peers.";
        }
    }

    /**
     * A group's state could not be opened.
     *
     * @param groupId the group
     * @param reason what went wrong
     */
    record StateUnreadable(int groupId, String reason) implements NodeStartFailure {
        @Override
        public String sentence() {
            return "The state of group " + groupId + " cannot be opened: " + reason
                    + "; restore this node from a backup or its peers.";
        }
    }

    /**
     * The disk has no room for what starting needs.
     *
     * @param directory the directory
     */
    record NoSpace(Path directory) implements NodeStartFailure {
        @Override
        public String sentence() {
            return "The disk that holds " + directory
                    + " is full; free some space and start again.";
        }
    }

    /**
     * The directory is another node's.
     *
     * @param directory the directory
     * @param owner whose it is
     * @param asked who was to be started
     */
    record OtherNode(Path directory, String owner, String asked) implements NodeStartFailure {
        @Override
        public String sentence() {
            return "The data directory " + directory + " belongs to node " + owner + ", not "
                    + asked + "; start it with --node-id " + owner
                    + " or choose another directory.";
        }
    }

    /**
     * The peer port cannot be opened.
     *
     * @param address where
     * @param reason what is wrong
     */
    record PeerPortUnusable(String address, String reason) implements NodeStartFailure {
        @Override
        public String sentence() {
            return "The peer port " + address + " cannot be opened: " + reason
                    + "; choose another with --peer-port.";
        }
    }

    /**
     * The node found no way into a cluster.
     *
     * @param sentence why, and what to do
     */
    record NoCluster(String sentence) implements NodeStartFailure {}

    /** Wraps the failure for a caller. */
    default NodeStartException asException() {
        return new NodeStartException(this);
    }

    /** Wraps the failure for a caller, with what caused it. */
    default NodeStartException causedBy(Throwable cause) {
        NodeStartException exception = asException();
        exception.initCause(cause);
        return exception;
    }
}
