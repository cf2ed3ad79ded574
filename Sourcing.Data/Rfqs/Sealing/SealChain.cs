using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>An entry of the log as it is hashed.</summary>
public sealed record SealLogEntry(
    Guid RfqId, int Round, int Sequence, SealEventKind Kind, DateTimeOffset At, Guid? ActorId, string ActorName, Guid? SupplierId, string Detail, string PreviousHash, string Hash);

/// <summary>What a check of a log found.</summary>
/// <param name="Entries">How many were checked.</param>
/// <param name="Fault">The first thing that is wrong, in a sentence; null where all is in order.</param>
public sealed record ChainCheck(int Entries, string? Fault)
{
    /// <summary>Nothing is wrong.</summary>
    public bool IsWhole => Fault is null;
}

/// <summary>Reckons anew what the database reckoned when it wrote the log.</summary>
public static class SealChain
{
    /// <summary>SHA-256 over the hash before and all fields, a line each, in 64 lower hexadecimal digits: as <c>app.add_seal_event</c> does it.</summary>
    public static string HashOf(SealLogEntry entry) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', entry.PreviousHash, entry.RfqId, entry.Round.ToString(CultureInfo.InvariantCulture), entry.Sequence.ToString(CultureInfo.InvariantCulture), Common.Words.Snake(entry.Kind.ToString()),
        entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), entry.ActorId?.ToString() ?? "", entry.ActorName, entry.SupplierId?.ToString() ?? "", entry.Detail))));

    /// <summary>Checks a whole log: no entry is missing, changed or out of its place, and each bid that lies there was noted when it came.</summary>
    /// <param name="log">In any order.</param>
    /// <param name="bids">The receipts of the RFQ: number, hash, and the log's entry that noted it.</param>
    public static ChainCheck Check(IReadOnlyCollection<SealLogEntry> log, IReadOnlyCollection<(string Number, string Hash, int Sequence, string LogHash)> bids)
    {
        var (previous, expected) = ("", 1);
        foreach (var entry in log.OrderBy(e => e.Sequence))
        {
            if (entry.Sequence != expected)
            {
                return new(log.Count, $"Entry {expected} is missing.");
            }

            if (entry.PreviousHash != previous)
            {
                return new(log.Count, $"Entry {entry.Sequence} does not follow the entry before it: one of the two was changed or exchanged.");
            }

            if (HashOf(entry) != entry.Hash)
            {
                return new(log.Count, $"Entry {entry.Sequence} was changed after it was written.");
            }

            (previous, expected) = (entry.Hash, expected + 1);
        }

        var received = log.Where(e => e.Kind == SealEventKind.Received).ToDictionary(e => e.Sequence);
        foreach (var bid in bids.OrderBy(b => b.Sequence))
        {
            if (!received.Remove(bid.Sequence, out var noted) || noted.Hash != bid.LogHash || !noted.Detail.Contains(bid.Hash, StringComparison.Ordinal))
            {
                return new(log.Count, $"Receipt {bid.Number} is not in the log as it was noted when the bid came.");
            }
        }

        return received.Count > 0
            ? new(log.Count, $"The bid that entry {received.Keys.Min()} notes is gone.")
            : new(log.Count, null);
    }
}
