package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.Item;
import io.quorate.kv.Value;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a put answers.
 *
 * @param oldSizeBytes the size of the item that was there, 0 if there was none or it was not asked
 * @param old the item that was there, if it was asked for
 */
public record PutOutcome(int oldSizeBytes, Optional<Item> old) {
    static final PutOutcome NOTHING = new PutOutcome(0, Optional.empty());

    static Value encode(PutReturns returns, Optional<Item> old) {
        byte[] item = returns == PutReturns.ITEM && old.isPresent()
                ? old.get().shared()
                : new byte[0];
        int size = returns == PutReturns.NOTHING ? 0 : old.map(Item::sizeBytes).orElse(0);
        return Value.of(ByteBuffer.allocate(Integer.BYTES + item.length).putInt(size).put(item)
                .array());
    }

    static PutOutcome decode(Value answer) {
        byte[] bytes = answer.shared();
        int size = ByteBuffer.wrap(bytes).getInt();
        return new PutOutcome(size, bytes.length == Integer.BYTES
                ? Optional.empty()
                : Optional.of(Item.of(Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length))));
    }
}
