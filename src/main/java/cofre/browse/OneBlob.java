package cofre.browse;

import cofre.format.BlobHandle;
import cofre.format.BlobPlace;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import java.util.List;
import java.util.Optional;

/**
 * Reads one blob from the store, wherever it is: when the index does not lead to it, by a newer one, as others may have
 * pruned since. For one thread.
 */
final class OneBlob implements PartReader.Blobs {
    private final Archive archive;
    private final Sealed keeper;
    private Optional<byte[]> plain = Optional.empty();
    private String why = "it is in no index";

    OneBlob(Archive archive, Sealed keeper) {
        this.archive = archive;
        this.keeper = keeper;
    }

    /** Gets a blob as it lies in its pack, after it was opened. */
    interface Sealed {
        void keep(BlobPlace place, byte[] sealed, int at);
    }

    /** The blob's plain bytes. Waits for the store. */
    byte[] read(BlobHandle blob) throws BrowseException {
        BlobReader reader = archive.reader();
        ask(reader, blob);
        if (plain.isEmpty()) {
            BlobReader newer = archive.newerThan(reader)
                    .orElseThrow(() -> new BrowseException.Unavailable(
                            "cannot read " + blob + ": " + why + ", by an index loaded a moment ago; it is loaded"
                                    + " again for another try",
                            null));
            ask(newer, blob);
        }
        return plain.orElseThrow(
                () -> new BrowseException.Damaged("cannot read " + blob + ": " + why + "; run cofre check", null));
    }

    private void ask(BlobReader reader, BlobHandle blob) throws BrowseException {
        Optional<BlobPlace> place = reader.locate(blob);
        if (place.isEmpty()) {
            return;
        }
        for (PackPart part : PackPart.plan(List.of(place.get()), 0)) {
            archive.asked(() -> {
                new PartReader(reader).read(part, this);
                return part;
            });
        }
    }

    @Override
    public void opened(BlobPlace place, byte[] sealed, int at, byte[] opened) {
        plain = Optional.of(opened);
        keeper.keep(place, sealed, at);
    }

    @Override
    public void elsewhere(BlobHandle blob, byte[] opened) {
        plain = Optional.of(opened);
    }

    @Override
    public void lost(BlobHandle blob, RepositoryException reason) {
        why = reason.getMessage();
    }
}
