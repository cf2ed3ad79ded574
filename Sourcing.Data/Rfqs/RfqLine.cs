namespace Sourcing.Data.Rfqs;

/// <summary>One thing that is asked for.</summary>
public sealed class RfqLine
{
    private RfqLine()
    {
    }

    internal RfqLine(Guid rfqId, int lineNo, RfqLineContent content)
    {
        (Id, RfqId) = (Guid.CreateVersion7(), rfqId);
        Change(lineNo, content);
    }

    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    /// <summary>10, 20, 30… within the RFQ.</summary>
    public int LineNo { get; private set; }

    /// <summary>Null for what the catalog does not have.</summary>
    public Guid? PartId { get; private set; }

    /// <summary>1 to 500 characters.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Above 0, in <see cref="UnitId"/>.</summary>
    public decimal Quantity { get; private set; }

    public Guid UnitId { get; private set; }

    /// <summary>Per unit, in the RFQ's currency, 0 or more. Suppliers never see it.</summary>
    public decimal? TargetPrice { get; private set; }

    public DateOnly? NeedBy { get; private set; }

    /// <summary>What the part's specifications said when the line was written: a JSON object of name and value; null for none.</summary>
    public string? Specifications { get; private set; }

    /// <summary>For suppliers; at most 1,000 characters.</summary>
    public string Note { get; private set; } = "";

    /// <summary>What it says, for copying.</summary>
    public RfqLineContent Content() =>
        new(Description, Quantity, UnitId) { PartId = PartId, TargetPrice = TargetPrice, NeedBy = NeedBy, Specifications = Specifications, Note = Note };

    internal void Change(int lineNo, RfqLineContent content)
    {
        LineNo = lineNo;
        (PartId, Description, Quantity, UnitId) = (content.PartId, content.Description.Trim(), content.Quantity, content.UnitId);
        (TargetPrice, NeedBy, Specifications, Note) = (content.TargetPrice, content.NeedBy, content.Specifications, content.Note.Trim());
    }
}

/// <summary>What a line says.</summary>
public sealed record RfqLineContent(string Description, decimal Quantity, Guid UnitId)
{
    public Guid? PartId { get; init; }

    public decimal? TargetPrice { get; init; }

    public DateOnly? NeedBy { get; init; }

    public string? Specifications { get; init; }

    public string Note { get; init; } = "";
}
