using System.Globalization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>The rules of a supplier's price. The importer holds its rows against the same rules before it copies them in.</summary>
public static class SupplierPartRules
{
    /// <summary>Longest list of breaks.</summary>
    public const int MostBreaks = 20;

    /// <summary>Refuses with every rule that is broken, each by its field.</summary>
    /// <param name="moqFactor">Of the part's unit in one of the minimum's unit.</param>
    public static void Demand(SupplierPartTerms terms, decimal moqFactor = 1)
    {
        var faults = Faults(terms, moqFactor).ToList();
        if (faults.Count > 0)
        {
            throw new RefusedException(faults);
        }
    }

    /// <inheritdoc cref="Demand"/>
    public static IEnumerable<FieldError> Faults(SupplierPartTerms terms, decimal moqFactor)
    {
        if (terms.UnitCost < 0)
        {
            yield return new(nameof(terms.UnitCost), "The unit cost is below 0. Write 0 for what comes free.");
        }

        if (terms.Currency.Length != 3 || !terms.Currency.All(char.IsAsciiLetterUpper))
        {
            yield return new(nameof(terms.Currency), $"\"{terms.Currency}\" is not a currency. Use its three letters, such as EUR.");
        }

        foreach (var (field, value, what) in new[]
        {
            (nameof(terms.MoqQuantity), terms.MoqQuantity, "minimum order"), (nameof(terms.OrderMultiple), terms.OrderMultiple, "order multiple"),
            (nameof(terms.ContractQuantityLimit), terms.ContractQuantityLimit, "contract limit"),
        })
        {
            if (value is { } given && decimal.Round(given, 4) <= 0)
            {
                yield return new(field, $"The {what} has to be above 0, at least 0.0001. Leave it empty if there is none.");
            }
        }

        if (terms.LeadTimeDays is < 0 or > 1000)
        {
            yield return new(nameof(terms.LeadTimeDays), "The lead time has to be 0 to 1,000 days.");
        }

        if (terms.ReliabilityScore is < 0 or > 1)
        {
            yield return new(nameof(terms.ReliabilityScore), "The reliability is a share from 0 to 1. Write 0.95 for 95 %.");
        }

        if (terms.OrderingCost < 0)
        {
            yield return new(nameof(terms.OrderingCost), "The ordering cost is below 0. Write 0 if an order costs nothing.");
        }

        if (terms.HoldingCostRate is < 0 or > 10)
        {
            yield return new(nameof(terms.HoldingCostRate), "The holding cost is a yearly share of the stock's value, 0 to 10. Write 0.25 for 25 %.");
        }

        if (terms.ValidTo < terms.ValidFrom)
        {
            yield return new(nameof(terms.ValidTo), "The price ends before it begins. Change one of the two days.");
        }

        foreach (var fault in BreakFaults(terms, moqFactor))
        {
            yield return fault;
        }
    }

    private static IEnumerable<FieldError> BreakFaults(SupplierPartTerms terms, decimal moqFactor)
    {
        if (terms.Breaks.Count > MostBreaks)
        {
            yield return new(nameof(terms.Breaks), $"A price has at most {MostBreaks} breaks; these are {terms.Breaks.Count}. Keep those that people buy at.");
        }

        for (var i = 0; i < terms.Breaks.Count; i++)
        {
            var (quantity, cost) = terms.Breaks[i];
            var field = $"Breaks[{i}].{nameof(BreakTerms.MinimumQuantity)}";
            if (quantity <= 0)
            {
                yield return new(field, $"Break {i + 1}: the quantity has to be above 0.");
            }
            else if (i > 0 && quantity <= terms.Breaks[i - 1].MinimumQuantity)
            {
                yield return new(field, $"Break {i + 1} begins at {Text(quantity)}, which is not above break {i} ({Text(terms.Breaks[i - 1].MinimumQuantity)}). Put the breaks in ascending order, each quantity once.");
            }
            else if (i == 0 && terms.MoqQuantity * moqFactor > quantity)
            {
                yield return new(field, $"The first break begins at {Text(quantity)}, below the minimum order of {Text(terms.MoqQuantity!.Value * moqFactor)}: nobody could buy at it. Raise the break or lower the minimum.");
            }

            if (cost < 0)
            {
                yield return new($"Breaks[{i}].{nameof(BreakTerms.UnitCost)}", $"Break {i + 1}: the unit cost is below 0.");
            }
        }
    }

    private static string Text(decimal quantity) => quantity.ToString("#,0.####", CultureInfo.InvariantCulture);
}
