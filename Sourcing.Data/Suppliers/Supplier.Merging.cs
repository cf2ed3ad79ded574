using Sourcing.Data.Common;

namespace Sourcing.Data.Suppliers;

// What becomes of two suppliers that are one.
public sealed partial class Supplier
{
    /// <summary>
    /// Takes over what the other supplier says and this one does not: empty fields, tags that are missing here. Where both say something, what stands
    /// here stays. A block of either holds on, whoever made it: what the other's standing shut it out from counts as a person's until somebody lifts it.
    /// </summary>
    internal void Absorb(Supplier gone)
    {
        (Category, Region, Country) = (Or(Category, gone.Category), Or(Region, gone.Region), Or(Country, gone.Country));
        (ContactName, Email, Phone) = (Or(ContactName, gone.ContactName), Or(Email, gone.Email), Or(Phone, gone.Phone));
        (Website, Address, DefaultLeadTimeDays) = (Or(Website, gone.Website), Or(Address, gone.Address), DefaultLeadTimeDays ?? gone.DefaultLeadTimeDays);
        (PaymentTerms, Incoterm, TaxId) = (Or(PaymentTerms, gone.PaymentTerms), Or(Incoterm, gone.Incoterm), Or(TaxId, gone.TaxId));
        (Capabilities, Materials, Processes) = (Both(Capabilities, gone.Capabilities), Both(Materials, gone.Materials), Both(Processes, gone.Processes));
        Notes = Or(Notes, gone.Notes);
        RiskLevel = (RiskLevel)Math.Max((int)RiskLevel, (int)gone.RiskLevel);
        AdoptBlock();
        if (gone.BlockedFor > ManualBlock)
        {
            (ManualBlock, ManualBlockedAt) = (gone.BlockedFor, gone.BlockedAt);
            var reason = $"As {gone.Name}: {gone.BlockReason}";
            ManualBlockReason = reason[..Math.Min(reason.Length, 500)];
        }

        SettleBlock();
    }

    /// <summary>Gives this supplier up for the other one.</summary>
    internal void GiveUpFor(Supplier kept) => MergedInto = kept.Id != Id
        ? kept.Id
        : throw new RefusedException("A supplier cannot be merged with itself. Choose another supplier.");

    private static string Or(string kept, string gone) => kept.Length > 0 ? kept : gone;

    private static List<string> Both(IReadOnlyList<string> kept, IReadOnlyList<string> gone) => [.. Tags([.. kept, .. gone]).Take(Math.Max(kept.Count, SupplierRules.MostTags))];
}
