using Sourcing.Data.Common;

namespace Sourcing.Data.Sales;

/// <summary>What must hold of a customer wherever it comes from: typed or imported.</summary>
public static class CustomerRules
{
    /// <summary>Days without a contact after which a customer is silent too long. A is to hear from us every three weeks, B every 45 days, C every quarter; a prospect is lost after 30.</summary>
    public static int SilenceDays(CustomerTier tier) => tier switch
    {
        CustomerTier.A => 21,
        CustomerTier.B => 45,
        CustomerTier.C => 90,
        _ => 30,
    };

    /// <summary>What is wrong, each with its field; nothing when all is well.</summary>
    public static IEnumerable<FieldError> Faults(CustomerFacts facts)
    {
        if (facts.Number.Trim().Length is 0 or > 30)
        {
            yield return new(nameof(facts.Number), "A customer number has 1 to 30 characters.");
        }

        if (facts.Name.Trim().Length is 0 or > 255)
        {
            yield return new(nameof(facts.Name), "A customer's name has 1 to 255 characters.");
        }

        if (!Currencies.IsKnown(facts.Currency))
        {
            yield return new(nameof(facts.Currency), $"\"{facts.Currency}\" is not a currency. Use its three letters, like EUR.");
        }
    }
}
