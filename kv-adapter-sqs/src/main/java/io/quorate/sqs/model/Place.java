package io.quorate.sqs.model;

/**
 * Where a message stands in its queue.
 *
 * @param lane its MessageGroupId; empty for none. Messages of one lane are in order, lanes take turns
 * @param sequence its place in the lane, unique in the queue
 */
public record Place(String lane, long sequence) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
        int bySequence = Long.compare(sequence, other.sequence);
        return bySequence != 0 ? bySequence : lane.compareTo(other.lane);
    }
}
