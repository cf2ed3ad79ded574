namespace Sourcing.Data.Planning.Engine;

/// <summary>What an input has to keep to whatever its rows are; a loader that breaks it is at fault, not a planner.</summary>
internal static class PlanChecks
{
    private const int MostBuckets = 400;

    /// <summary>Longer spans of days are slips of the pen, and would lead beyond the calendar.</summary>
    private const int MostDays = 10_000;

    /// <summary>Refuses settings and figures that no run can reckon with, naming the first.</summary>
    public static void Demand(PlanInput input)
    {
        var settings = input.Settings;
        Check(settings.BucketCount is >= 1 and <= MostBuckets, $"A plan has from 1 to {MostBuckets} buckets, not {settings.BucketCount}.");
        Check(settings.ShareCap is > 0 and <= 1, $"A supplier's largest share lies above 0 and at most at 1, not at {settings.ShareCap}.");
        Check(Spans(settings.FrozenFenceDays, settings.ReleaseWindowDays, settings.ExpediteToleranceDays, settings.DeferToleranceDays, settings.ConsumeBackDays,
            settings.ConsumeForwardDays, settings.ExcessCoverDays ?? 0), $"Fence, window, tolerances, consumption and cover are from 0 to {MostDays} days.");
        Check(settings.HalfLifeDays is null or > 0, "A half-life lies above 0 days.");
        foreach (var material in input.Materials)
        {
            Check(material.Yield is > 0 and <= 1, $"The yield of {material.Number} lies above 0 and at most at 1, not at {material.Yield}.");
            Check(material.UnitDecimals is >= 0 and <= 6, $"{material.Number} has from 0 to 6 decimals, not {material.UnitDecimals}.");
            Check(Spans(material.MadeLeadTimeDays, material.ReviewDays), $"Lead time and review of {material.Number} are from 0 to {MostDays} days.");
            Check(Spans(material.FrozenFenceDays ?? 0, material.ExpediteToleranceDays ?? 0, material.DeferToleranceDays ?? 0, material.ExcessCoverDays ?? 0),
                $"Fence, tolerances and cover of {material.Number} are from 0 to {MostDays} days.");
            Check(material.Demand is null or { PeriodDays: > 0 }, $"The demand of {material.Number} is told by periods of a day or more.");
            Check(material.MadeMinimum >= 0 && material.MadeMultiple >= 0 && material.MadeMaximum is null or > 0, $"The lots of {material.Number} are 0 or more.");
        }

        foreach (var offer in input.Offers)
        {
            Check(Spans(offer.LeadTimeDays) && offer.Moq >= 0 && offer.OrderMultiple >= 0 && offer.MaxOrder is null or > 0,
                $"Lead time and quantities of {offer.SupplierName}'s offer are 0 or more (at most {MostDays} days), its largest order above 0.");
        }

        foreach (var receipt in input.Receipts)
        {
            Check(receipt.Quantity >= 0, $"{receipt.RefText} still brings 0 or more, not {receipt.Quantity}.");
        }

        foreach (var order in input.FirmOrders)
        {
            Check(order.Quantity >= 0, $"{order.RefText} still needs 0 or more, not {order.Quantity}.");
        }

        foreach (var reservation in input.Reservations)
        {
            Check(reservation.Quantity >= 0, $"{reservation.RefText} reserves 0 or more, not {reservation.Quantity}.");
        }
    }

    private static bool Spans(params ReadOnlySpan<int> days)
    {
        foreach (var span in days)
        {
            if (span is < 0 or > MostDays)
            {
                return false;
            }
        }

        return true;
    }

    private static void Check(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new ArgumentException(sentence);
        }
    }
}
