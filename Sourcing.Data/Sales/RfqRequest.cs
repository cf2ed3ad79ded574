using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales;

public enum RfqRequestStatus
{
    /// <summary>No buyer has answered yet.</summary>
    Asked,

    /// <summary>A buyer made an RFQ of it.</summary>
    Taken,
    Declined,
    Withdrawn,
}

/// <summary>One thing that a customer wants priced.</summary>
/// <param name="PartId">Null for what is not in the catalog.</param>
/// <param name="Description">1 to 255 characters.</param>
/// <param name="Quantity">Above 0, in the unit.</param>
public sealed record RequestedLine(Guid? PartId, string Description, decimal Quantity, Guid UnitId);

/// <summary>A representative's wish for an RFQ on behalf of a customer, until a buyer takes it over.</summary>
public sealed class RfqRequest
{
    /// <summary>Lines of a request, at most.</summary>
    public const int MostLines = 50;

    private RfqRequest()
    {
    }

    /// <param name="salesRepId">Who asks.</param>
    /// <param name="title">1 to 200 characters.</param>
    /// <param name="lines">1 to <see cref="MostLines"/>.</param>
    /// <param name="neededOn">The day on which the customer needs the goods; null where it does not matter.</param>
    public RfqRequest(string number, Guid customerId, Guid salesRepId, string title, IReadOnlyList<RequestedLine> lines, DateOnly? neededOn, string note)
    {
        Id = Guid.CreateVersion7();
        if (title.Trim().Length is 0 or > 200)
        {
            throw new RefusedException("Title", "Say in 1 to 200 characters what the customer wants.");
        }

        if (lines.Count is 0 or > MostLines)
        {
            throw new RefusedException("Lines", $"A request has 1 to {MostLines} lines.");
        }

        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Description.Trim().Length is 0 or > 255)
            {
                throw new RefusedException($"Lines[{i}].Description", $"Line {i + 1}: say what is wanted, in 255 characters at most.");
            }

            if (lines[i].Quantity <= 0)
            {
                throw new RefusedException($"Lines[{i}].Quantity", $"Line {i + 1}: the quantity has to be more than 0.");
            }
        }

        (Number, CustomerId, SalesRepId, Title, NeededOn, Note) = (number, customerId, salesRepId, title.Trim(), neededOn, note.Trim());
        LinesJson = JsonSerializer.Serialize(lines.Select(l => l with { Description = l.Description.Trim() }), JsonSerializerOptions.Web);
    }

    public Guid Id { get; private set; }

    /// <summary>ASK-2026-00007.</summary>
    public string Number { get; private set; } = "";

    public Guid CustomerId { get; private set; }

    public Guid SalesRepId { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>As asked; it stays as it was.</summary>
    [NotMapped]
    public IReadOnlyList<RequestedLine> Lines => JsonSerializer.Deserialize<List<RequestedLine>>(LinesJson, JsonSerializerOptions.Web) ?? [];

    /// <summary><see cref="Lines"/> as they are kept.</summary>
    public string LinesJson { get; private set; } = "[]";

    public DateOnly? NeededOn { get; private set; }

    /// <summary>For the buyer, at most 2,000 characters.</summary>
    public string Note { get; private set; } = "";

    public RfqRequestStatus Status { get; private set; }

    /// <summary>The RFQ that a buyer made of it.</summary>
    public Guid? RfqId { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why the buyer declined; empty otherwise.</summary>
    public string DeclineReason { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public uint Version { get; private set; }

    /// <summary>A buyer makes an RFQ of it. Refuses one that was answered or withdrawn.</summary>
    public void Take(Guid rfqId, Guid by, DateTimeOffset now)
    {
        DemandAsked();
        (Status, RfqId, DecidedBy, DecidedAt) = (RfqRequestStatus.Taken, rfqId, by, now);
    }

    /// <summary>A buyer says no. Refuses to do so without a reason.</summary>
    public void Decline(string reason, Guid by, DateTimeOffset now)
    {
        DemandAsked();
        if (reason.Trim().Length is 0 or > 500)
        {
            throw new RefusedException("Reason", "Say in 1 to 500 characters why: the representative reads it.");
        }

        (Status, DeclineReason, DecidedBy, DecidedAt) = (RfqRequestStatus.Declined, reason.Trim(), by, now);
    }

    /// <summary>The representative takes it back.</summary>
    public void Withdraw(Guid by, DateTimeOffset now)
    {
        DemandAsked();
        (Status, DecidedBy, DecidedAt) = (RfqRequestStatus.Withdrawn, by, now);
    }

    internal void MoveTo(Guid customerId) => CustomerId = customerId;

    private void DemandAsked()
    {
        if (Status != RfqRequestStatus.Asked)
        {
            throw new RefusedException($"{Number} was {Words.Spaced(Status).ToLowerInvariant()} already. Load the page again to see by whom.");
        }
    }
}
