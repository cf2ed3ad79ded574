using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>What holds for a whole blanket agreement.</summary>
/// <param name="MostValue">All call-offs together come to at most this in the agreement's currency; null for no such limit.</param>
public sealed record AgreementTerms(string Title, DateOnly ValidFrom, DateOnly ValidTo, decimal? MostValue, string PaymentTerms, string Incoterm, string Note);

/// <summary>What is agreed for one part.</summary>
/// <param name="Id">The line that is changed; null for a new one.</param>
/// <param name="MostQuantity">All call-offs together take at most this, in the unit; null where the value alone bounds them.</param>
/// <param name="Breaks">Other prices from a quantity of one call-off on.</param>
public sealed record AgreementLineDraft(
    Guid? Id, Guid? PartId, string PartNumber, string SupplierPartNumber, string Description, Guid UnitId, string Unit, decimal UnitPrice, decimal? MostQuantity,
    IReadOnlyList<(decimal MinimumQuantity, decimal UnitPrice)> Breaks);

/// <summary>
/// A blanket agreement with one supplier: prices that hold for a time, up to a quantity or value. Call-offs are lines of orders that name a line
/// of it; what is left is never stored but counted from them, so that a cancelled one gives back what it took.
/// </summary>
public sealed class Agreement : ISoftDeleted
{
    public const int MostLines = 200;

    private readonly List<AgreementLine> _lines = [];

    private Agreement()
    {
    }

    public Agreement(string number, Guid supplierId, string currency, Guid buyerId)
    {
        Id = Guid.CreateVersion7();
        (Number, SupplierId, Currency, BuyerId) = (number, supplierId, currency, buyerId);
    }

    public Guid Id { get; private set; }

    /// <summary>BA-2026-00007.</summary>
    public string Number { get; private set; } = "";

    public string Title { get; private set; } = "";

    public Guid SupplierId { get; private set; }

    public Guid BuyerId { get; private set; }

    public string Currency { get; private set; } = "";

    /// <summary>The first day on which something can be called off,</summary>
    public DateOnly ValidFrom { get; private set; }

    /// <summary>and the last.</summary>
    public DateOnly ValidTo { get; private set; }

    /// <inheritdoc cref="AgreementTerms.MostValue"/>
    public decimal? MostValue { get; private set; }

    public string PaymentTerms { get; private set; } = "";

    public string Incoterm { get; private set; } = "";

    public string Note { get; private set; } = "";

    /// <summary>When it was ended before its last day; null otherwise.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public string EndReason { get; private set; } = "";

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    public IReadOnlyList<AgreementLine> Lines => _lines;

    /// <summary>Writes terms and lines: lines with a key are changed, those without are added, those not named are removed.</summary>
    /// <param name="used">What is called off, by line: a line of which something is stays, and goes no lower.</param>
    public void Edit(Guid supplierId, string currency, AgreementTerms terms, IReadOnlyList<AgreementLineDraft> lines, AgreementUse used)
    {
        DemandOpen("be changed");
        if (terms.ValidTo < terms.ValidFrom)
        {
            throw new RefusedException(nameof(ValidTo), "The last day is before the first. Choose a later one.");
        }

        if (lines.Count is 0 or > MostLines)
        {
            throw new RefusedException("Lines", $"An agreement has 1 to {MostLines} lines; this one has {lines.Count}.");
        }

        if (terms.MostValue is <= 0 or > 1_000_000_000_000m)
        {
            throw new RefusedException(nameof(MostValue), "Enter a value above 0, or leave it empty where the lines' quantities bound the call-offs.");
        }

        if (used.Value > 0 && (supplierId != SupplierId || currency != Currency))
        {
            throw new RefusedException(supplierId != SupplierId ? nameof(SupplierId) : nameof(Currency), "Something is called off already, so supplier and currency stay. Write another agreement.");
        }

        if (terms.MostValue < used.Value)
        {
            throw new RefusedException(nameof(MostValue), $"{Currency} {used.Value:#,0.00} is called off already. Enter at least that.");
        }

        (SupplierId, Currency, Title, ValidFrom, ValidTo) = (supplierId, currency, terms.Title.Trim(), terms.ValidFrom, terms.ValidTo);
        (MostValue, PaymentTerms, Incoterm, Note) = (terms.MostValue is { } most ? Order.Cents(most) : null, terms.PaymentTerms.Trim(), terms.Incoterm.Trim(), terms.Note.Trim());
        foreach (var gone in _lines.Where(l => lines.All(d => d.Id != l.Id)).ToList())
        {
            if (used.Quantity(gone.Id) > 0)
            {
                throw new RefusedException("Lines", $"Line {gone.LineNo}, {gone.Description}: {used.Quantity(gone.Id):#,0.####} {gone.Unit} are called off, so it stays. Set its quantity to that to call off no more.");
            }

            _lines.Remove(gone);
        }

        for (var i = 0; i < lines.Count; i++)
        {
            Write(lines[i], $"Lines[{i}]", used, terms.MostValue is null);
        }
    }

    /// <summary>Nothing more is called off, whatever is left.</summary>
    public void End(string reason, DateTimeOffset now)
    {
        DemandOpen("be ended");
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
        {
            throw new RefusedException("Reason", "Say in 1 to 500 characters why the agreement ends early.");
        }

        (EndedAt, EndReason) = (now, reason.Trim());
    }

    /// <summary>Refuses a day outside the agreement, and one that has ended.</summary>
    public void DemandValid(DateOnly day)
    {
        DemandOpen("be called off");
        if (day < ValidFrom || day > ValidTo)
        {
            throw new RefusedException($"{Number} holds from {Days.Text(ValidFrom)} to {Days.Text(ValidTo)}, and today is {Days.Text(day)}. Extend the agreement, or order without it.");
        }
    }

    /// <summary>Refuses when more is called off than was agreed. Called with everything that counts written, under a lock of the agreement.</summary>
    public void DemandWithin(AgreementUse used)
    {
        foreach (var line in _lines)
        {
            if (line.MostQuantity is { } most && used.Quantity(line.Id) > most)
            {
                throw new RefusedException("Quantity",
                    $"{Number}, line {line.LineNo}: {used.Quantity(line.Id):#,0.####} {line.Unit} would be called off of {most:#,0.####} {line.Unit} agreed, {used.Quantity(line.Id) - most:#,0.####} too many. Call off less, or raise the agreed quantity first.");
            }
        }

        if (MostValue is { } value && used.Value > value)
        {
            throw new RefusedException("Quantity",
                $"{Number}: {Currency} {used.Value:#,0.00} would be called off of {Currency} {value:#,0.00} agreed, {used.Value - value:#,0.00} too much. Call off less, or raise the agreed value first.");
        }
    }

    private void Write(AgreementLineDraft draft, string row, AgreementUse used, bool quantityNeeded)
    {
        if (draft.MostQuantity is null && quantityNeeded)
        {
            throw new RefusedException($"{row}.MostQuantity", "Enter a quantity for each line, or a value for the whole agreement: without either nothing bounds the call-offs.");
        }

        if (draft.Id is null)
        {
            _lines.Add(new(Id, _lines.Count == 0 ? 10 : _lines.Max(l => l.LineNo) + 10, draft, row));
            return;
        }

        (_lines.Find(l => l.Id == draft.Id) ?? throw new MissingException("line")).Change(draft, row, used.Quantity(draft.Id.Value));
    }

    private void DemandOpen(string act)
    {
        if (EndedAt is { } at)
        {
            throw new RefusedException($"{Number} was ended on {Days.Text(DateOnly.FromDateTime(at.UtcDateTime))}: it cannot {act} any more.");
        }
    }
}

/// <summary>What is called off of an agreement: orders that are cancelled or deleted count nothing, of one closed short what came, a change order under way its higher figure.</summary>
/// <param name="Value">In the agreement's currency.</param>
/// <param name="Quantities">By line, in its unit.</param>
public sealed record AgreementUse(decimal Value, IReadOnlyDictionary<Guid, decimal> Quantities)
{
    /// <summary>Nothing.</summary>
    public static readonly AgreementUse None = new(0, new Dictionary<Guid, decimal>());

    public decimal Quantity(Guid line) => Quantities.GetValueOrDefault(line);
}

/// <summary>One part of an agreement with its price.</summary>
public sealed class AgreementLine
{
    private readonly List<AgreementBreak> _breaks = [];

    private AgreementLine()
    {
    }

    internal AgreementLine(Guid agreementId, int lineNo, AgreementLineDraft draft, string row)
    {
        (Id, AgreementId, LineNo) = (Guid.CreateVersion7(), agreementId, lineNo);
        Change(draft, row, 0);
    }

    public Guid Id { get; private set; }

    public Guid AgreementId { get; private set; }

    public int LineNo { get; private set; }

    public Guid? PartId { get; private set; }

    public string PartNumber { get; private set; } = "";

    public string SupplierPartNumber { get; private set; } = "";

    public string Description { get; private set; } = "";

    public Guid UnitId { get; private set; }

    public string Unit { get; private set; } = "";

    /// <summary>For one unit, in the agreement's currency.</summary>
    public decimal UnitPrice { get; private set; }

    /// <inheritdoc cref="AgreementLineDraft.MostQuantity"/>
    public decimal? MostQuantity { get; private set; }

    public IReadOnlyList<AgreementBreak> Breaks => _breaks;

    /// <summary>What one unit costs in a call-off of so many.</summary>
    public decimal PriceAt(decimal quantity) => _breaks.Where(b => b.MinimumQuantity <= quantity).MaxBy(b => b.MinimumQuantity)?.UnitPrice ?? UnitPrice;

    internal void Change(AgreementLineDraft draft, string row, decimal used)
    {
        if (string.IsNullOrWhiteSpace(draft.Description) || draft.Description.Length > 500)
        {
            throw new RefusedException($"{row}.Description", "Say in 1 to 500 characters what is agreed, or choose a part.");
        }

        if (draft.UnitPrice is < 0 or > OrderLine.Largest)
        {
            throw new RefusedException($"{row}.UnitPrice", "Enter a unit price of 0 or more and at most 1,000,000,000.");
        }

        if (draft.MostQuantity is <= 0 or > OrderLine.Largest)
        {
            throw new RefusedException($"{row}.MostQuantity", "Enter a quantity above 0 and at most 1,000,000,000, or leave it empty.");
        }

        if (draft.MostQuantity < used)
        {
            throw new RefusedException($"{row}.MostQuantity", $"{used:#,0.####} {Unit} are called off already. Enter at least that.");
        }

        if (used > 0 && (draft.UnitId != UnitId || draft.PartId != PartId))
        {
            throw new RefusedException($"{row}.UnitId", $"Something of line {LineNo} is called off already, so its part and unit stay. Add another line.");
        }

        if (draft.Breaks.Select(b => b.MinimumQuantity).Distinct().Count() != draft.Breaks.Count || draft.Breaks.Any(b => b.MinimumQuantity <= 0 || b.UnitPrice < 0))
        {
            throw new RefusedException($"{row}.Breaks", "Each price break needs a quantity of its own above 0 and a price of 0 or more.");
        }

        (PartId, PartNumber, SupplierPartNumber, Description) = (draft.PartId, draft.PartNumber.Trim(), draft.SupplierPartNumber.Trim(), draft.Description.Trim());
        (UnitId, Unit, UnitPrice) = (draft.UnitId, draft.Unit, Math.Round(draft.UnitPrice, 4));
        MostQuantity = draft.MostQuantity is { } most ? Math.Round(most, 4) : null;
        _breaks.RemoveAll(b => draft.Breaks.All(d => d.MinimumQuantity != b.MinimumQuantity));
        foreach (var (minimum, price) in draft.Breaks)
        {
            if (_breaks.Find(b => b.MinimumQuantity == minimum) is { } known)
            {
                known.Cost(price);
            }
            else
            {
                _breaks.Add(new(Id, minimum, price));
            }
        }
    }
}

/// <summary>Another price from a quantity of one call-off on.</summary>
public sealed class AgreementBreak
{
    private AgreementBreak()
    {
    }

    internal AgreementBreak(Guid lineId, decimal minimum, decimal price)
    {
        (Id, AgreementLineId, MinimumQuantity) = (Guid.CreateVersion7(), lineId, minimum);
        Cost(price);
    }

    public Guid Id { get; private set; }

    public Guid AgreementLineId { get; private set; }

    /// <summary>In the line's unit, above 0.</summary>
    public decimal MinimumQuantity { get; private set; }

    public decimal UnitPrice { get; private set; }

    internal void Cost(decimal price) => UnitPrice = Math.Round(price, 4);
}

/// <summary>What is called off of one line of an agreement: the view <c>agreement_use</c>. See <see cref="AgreementUse"/> for what counts.</summary>
public sealed class AgreementTally
{
    private AgreementTally()
    {
    }

    public Guid AgreementId { get; private set; }

    public Guid AgreementLineId { get; private set; }

    /// <summary>In the line's unit.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>In the agreement's currency.</summary>
    public decimal Value { get; private set; }
}
