using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>
/// A whole receipt, as the supplier keeps it: with it, anybody can reckon the hash anew: SHA-256 of the salt's bytes and then of the text in UTF-8.
/// </summary>
/// <param name="Number">Of the receipt.</param>
/// <param name="Salt">32 bytes in lower hexadecimal digits.</param>
/// <param name="Content">The text that was hashed, letter by letter.</param>
/// <param name="LogSequence">The entry of the seal's log that noted the bid.</param>
/// <param name="LogHash">Of that entry: who holds it can tell whether the log was written anew.</param>
public sealed record ReceiptFile(
    [property: JsonPropertyName("receipt")] string Number, [property: JsonPropertyName("rfq")] string Rfq, [property: JsonPropertyName("round")] int Round,
    [property: JsonPropertyName("quote")] string Quote, [property: JsonPropertyName("revision")] int Revision, [property: JsonPropertyName("received_at")] DateTimeOffset ReceivedAt,
    [property: JsonPropertyName("hash")] string Hash, [property: JsonPropertyName("salt")] string Salt, [property: JsonPropertyName("content")] string Content,
    [property: JsonPropertyName("log_sequence")] int LogSequence, [property: JsonPropertyName("log_hash")] string LogHash)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>As a file.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Indented);

    /// <summary>Null for what is no receipt.</summary>
    public static ReceiptFile? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<ReceiptFile>(json) is { Number: not null, Hash: not null, Salt: not null, Content: not null } file ? file : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The hash of salt and text, reckoned anew; null where the salt is none.</summary>
    public string? Reckon()
    {
        try
        {
            return BidHash.Of(Convert.FromHexString(Salt), Content);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>Gives a supplier its own receipts.</summary>
public sealed class ReceiptQueries(Database database, CurrentUser user, SealingKey key)
{
    /// <summary>The receipt of the own bid, whole. Refuses what is not the supplier's as if it did not exist.</summary>
    /// <param name="revision">Of the quote; null for the last.</param>
    /// <param name="round">Of the RFQ; null for the last that the supplier bid in.</param>
    public Task<ReceiptFile> OwnAsync(Guid rfqId, int? revision, int? round, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        var supplierId = QuoteQueries.OwnSupplier(user);
        return database.ReadAsync(
            async (db, token) =>
            {
                var bid = await db.SealedBids.Where(b => b.RfqId == rfqId && b.SupplierId == supplierId && (revision == null || b.Revision == revision) && (round == null || b.Round == round))
                    .OrderByDescending(b => b.Round).ThenByDescending(b => b.Revision).Select(b => new { b.QuoteId, b.Round, b.Revision, b.Number, b.Hash, b.ReceivedAt, b.LogSequence, b.LogHash })
                    .FirstOrDefaultAsync(token) ?? throw new MissingException("receipt");
                key.Demand();
                var copy = await db.SealedCopies.AsNoTracking().SingleOrDefaultAsync(c => c.QuoteId == bid.QuoteId && c.Revision == bid.Revision, token) ?? throw new MissingException("receipt");
                var (salt, text, document) = new SealedQuotes(key).Read(copy)
                    ?? throw new RefusedException("Your copy of this bid cannot be opened with the key of this server. The number and the hash of your receipt still hold.");
                return new ReceiptFile(
                    bid.Number, document.Rfq, bid.Round, document.Quote, bid.Revision, bid.ReceivedAt, bid.Hash, Convert.ToHexStringLower(salt), text, bid.LogSequence, bid.LogHash);
            },
            ct);
    }
}
