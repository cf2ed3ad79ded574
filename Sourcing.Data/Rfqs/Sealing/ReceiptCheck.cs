using Npgsql;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>Where the bid of a receipt stands.</summary>
public enum ReceiptStanding
{
    /// <summary>It lies sealed.</summary>
    Sealed,

    /// <summary>A later revision took its place; it is not opened.</summary>
    Superseded,

    /// <summary>The supplier took it back; it is not opened.</summary>
    Withdrawn,

    /// <summary>The RFQ was cancelled; it is not opened.</summary>
    Cancelled,

    /// <summary>It was opened.</summary>
    Opened,

    /// <summary>It could not be opened as it was submitted.</summary>
    Refused,
}

/// <summary>What anybody who holds a receipt may know.</summary>
/// <param name="Rfq">Number of the RFQ.</param>
/// <param name="InLog">The seal's log has it as it was noted when the bid came.</param>
/// <param name="OpenedAt">When the bids of the round were opened; null before.</param>
/// <param name="Agrees">The salted hash of what was opened, reckoned anew, is that of the receipt; null where it was not opened.</param>
/// <param name="QuoteAgrees">The quote that buyers compare is what was opened; null where it was not opened.</param>
/// <param name="Fault">Why it could not be opened; empty otherwise.</param>
public sealed record CheckedReceipt(
    string Number, string Rfq, int Round, int Revision, string Hash, DateTimeOffset ReceivedAt, int LogSequence, string LogHash, bool InLog,
    ReceiptStanding Standing, DateTimeOffset? OpenedAt, bool? Agrees, bool? QuoteAgrees, string Fault);

/// <summary>
/// Holds receipts against what is kept, for anybody: the login that signs people in asks the one function that answers it. Number and hash are random,
/// so who asks holds the receipt; the answer has no price and no name.
/// </summary>
public sealed class ReceiptCheck(DataSources sources)
{
    /// <summary>Characters of a number or hash at most.</summary>
    public const int LongestWanted = 80;

    /// <summary>By the number or the hash of a receipt; null for an unknown one.</summary>
    public async Task<CheckedReceipt?> FindAsync(string wanted, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(wanted) || wanted.Length > LongestWanted || wanted.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        await using var command = sources.Auth.CreateCommand("select * from app.check_receipt($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = wanted });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new(
                row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5), row.GetInt32(6), row.GetString(7), row.GetBoolean(8),
                Enum.Parse<ReceiptStanding>(row.GetString(9), ignoreCase: true), Nullable<DateTimeOffset>(row, 10), Nullable<bool>(row, 11), Nullable<bool>(row, 12), row.GetString(13))
            : null;
    }

    private static T? Nullable<T>(NpgsqlDataReader row, int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
