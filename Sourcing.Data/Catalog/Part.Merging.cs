using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

// What becomes of two parts that are one.
public sealed partial class Part
{
    /// <summary>
    /// Takes over what the other part knows and this one does not: empty fields and properties that are missing here. Where both say something, what
    /// stands here stays. Critical is whoever of the two was. The other's number stays findable as a former number.
    /// </summary>
    internal void Absorb(Part gone)
    {
        Description = Description.Length > 0 ? Description : gone.Description;
        CategoryId ??= gone.CategoryId;
        HsCode ??= gone.HsCode;
        StandardCost ??= gone.StandardCost;
        ShelfLifeDays ??= gone.ShelfLifeDays;
        IsCritical |= gone.IsCritical;
        Specifications = Together(Specifications, gone.Specifications);
        (Popularity, QuoteCount, OrderCount) = (Math.Max(Popularity, gone.Popularity), QuoteCount + gone.QuoteCount, OrderCount + gone.OrderCount);
        LastQuotedAt = LastQuotedAt is null || gone.LastQuotedAt > LastQuotedAt ? gone.LastQuotedAt : LastQuotedAt;
        if (!_crossReferences.Exists(r => r.Kind == CrossReferenceKind.FormerNumber && Same(r.Number, gone.Number)))
        {
            KnownAs(CrossReferenceKind.FormerNumber, "", gone.Number);
        }
    }

    /// <summary>Gives this part up for the other one.</summary>
    internal void GiveUpFor(Part kept) => MergedInto = kept.Id != Id
        ? kept.Id
        : throw new RefusedException("A part cannot be merged with itself. Choose another part.");

    /// <summary>The properties of the first, then those of the second that the first does not have; at most as many as a part may have.</summary>
    internal static IReadOnlyList<Specification> Together(IReadOnlyList<Specification> kept, IReadOnlyList<Specification> gone) =>
        [.. kept.Concat(gone.Where(g => kept.All(k => !Same(k.Name, g.Name)))).Take(Math.Max(kept.Count, Specification.Most))];
}
