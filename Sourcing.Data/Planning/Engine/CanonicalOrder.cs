namespace Sourcing.Data.Planning.Engine;

/// <summary>
/// One order of the rows for one set of rows: by key, then by every other field, so that only rows that are equal may change places.
/// </summary>
internal static class CanonicalOrder
{
    public static PlanInput Of(PlanInput input) => input with
    {
        Settings = input.Settings with
        {
            Holidays = [.. input.Settings.Holidays.Distinct().Order()],
        },
        Materials = Sorted(input.Materials, Materials),
        BomLines = Sorted(input.BomLines, BomLines),
        Offers = Sorted(input.Offers, Offers),
        Receipts = Sorted(input.Receipts, Receipts),
        Reservations = Sorted(input.Reservations, Reservations),
        Forecasts = Sorted(input.Forecasts, Forecasts),
        FirmOrders = Sorted(input.FirmOrders, FirmOrders),
        Issues = Sorted(input.Issues, Issues),
    };

    private static T[] Sorted<T>(IReadOnlyList<T> rows, Comparison<T> compare)
    {
        var sorted = rows.ToArray();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (compare(sorted[i - 1], sorted[i]) > 0)
            {
                Array.Sort(sorted, compare);
                break;
            }
        }

        return sorted;
    }

    private static int Materials(PlanMaterial a, PlanMaterial b) =>
        First(string.CompareOrdinal(a.Number, b.Number), a.Id.CompareTo(b.Id)) is not 0 and var c ? c : First(
            string.CompareOrdinal(a.Name, b.Name), string.CompareOrdinal(a.Unit, b.Unit), a.OnHand.CompareTo(b.OnHand));

    private static int BomLines(PlanBomLine a, PlanBomLine b)
    {
        var c = a.ParentId.CompareTo(b.ParentId);
        c = c != 0 ? c : a.ComponentId.CompareTo(b.ComponentId);
        return c != 0 ? c : First(
            Nullable.Compare(a.ValidFrom, b.ValidFrom), Nullable.Compare(a.ValidTo, b.ValidTo), a.QuantityPer.CompareTo(b.QuantityPer),
            a.IsPercentage.CompareTo(b.IsPercentage), a.Scrap.CompareTo(b.Scrap), Nullable.Compare(a.Conversion, b.Conversion),
            Nullable.Compare(a.LineId, b.LineId), string.CompareOrdinal(a.LineRef, b.LineRef));
    }

    private static int Offers(PlanOffer a, PlanOffer b)
    {
        var c = a.MaterialId.CompareTo(b.MaterialId);
        c = c != 0 ? c : a.SupplierId.CompareTo(b.SupplierId);
        return c != 0 ? c : First(
            Nullable.Compare(a.OfferId, b.OfferId), a.LeadTimeDays.CompareTo(b.LeadTimeDays), a.Moq.CompareTo(b.Moq), Tiers(a.Tiers, b.Tiers),
            Nullable.Compare(a.ValidFrom, b.ValidFrom), Nullable.Compare(a.ValidTo, b.ValidTo), a.OrderMultiple.CompareTo(b.OrderMultiple),
            a.Reliability.CompareTo(b.Reliability), a.RiskLevel.CompareTo(b.RiskLevel), a.IsActive.CompareTo(b.IsActive),
            Nullable.Compare(a.MaxOrder, b.MaxOrder), Nullable.Compare(a.ContractLimit, b.ContractLimit),
            Nullable.Compare(a.ContractRemaining, b.ContractRemaining), Nullable.Compare(a.LeadTimeSigma, b.LeadTimeSigma),
            Nullable.Compare(a.OrderingCost, b.OrderingCost), Nullable.Compare(a.HoldingRate, b.HoldingRate),
            string.CompareOrdinal(a.SupplierName, b.SupplierName), string.CompareOrdinal(a.Currency, b.Currency), a.FxRate.CompareTo(b.FxRate),
            string.CompareOrdinal(a.Exclusion, b.Exclusion));
    }

    private static int Tiers(IReadOnlyList<PlanTier> a, IReadOnlyList<PlanTier> b)
    {
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            if (First(a[i].From.CompareTo(b[i].From), a[i].UnitPrice.CompareTo(b[i].UnitPrice)) is not 0 and var c)
            {
                return c;
            }
        }

        return a.Count.CompareTo(b.Count);
    }

    private static int Receipts(PlanReceipt a, PlanReceipt b)
    {
        var c = a.MaterialId.CompareTo(b.MaterialId);
        c = c != 0 ? c : a.Date.CompareTo(b.Date);
        c = c != 0 ? c : a.Id.CompareTo(b.Id);
        return c != 0 ? c : First(
            a.Quantity.CompareTo(b.Quantity), a.Kind.CompareTo(b.Kind), string.CompareOrdinal(a.RefText, b.RefText),
            string.CompareOrdinal(a.SupplierName, b.SupplierName), Nullable.Compare(a.ComponentsNeededOn, b.ComponentsNeededOn));
    }

    private static int Reservations(PlanReservation a, PlanReservation b)
    {
        var c = a.MaterialId.CompareTo(b.MaterialId);
        return c != 0 ? c : First(
            Nullable.Compare(a.Date, b.Date), a.Id.CompareTo(b.Id), a.Quantity.CompareTo(b.Quantity), string.CompareOrdinal(a.RefText, b.RefText));
    }

    private static int Forecasts(PlanForecast a, PlanForecast b)
    {
        var c = a.MaterialId.CompareTo(b.MaterialId);
        c = c != 0 ? c : a.PeriodStart.CompareTo(b.PeriodStart);
        c = c != 0 ? c : string.CompareOrdinal(a.Source, b.Source);
        return c != 0 ? c : First(
            a.Period.CompareTo(b.Period), Nullable.Compare(a.MadeOn, b.MadeOn), a.Quantity.CompareTo(b.Quantity), a.Confidence.CompareTo(b.Confidence),
            a.IsOverride.CompareTo(b.IsOverride), Nullable.Compare(a.Id, b.Id), string.CompareOrdinal(a.Reason, b.Reason));
    }

    private static int FirmOrders(PlanFirmOrder a, PlanFirmOrder b)
    {
        var c = a.MaterialId.CompareTo(b.MaterialId);
        c = c != 0 ? c : a.DueDate.CompareTo(b.DueDate);
        c = c != 0 ? c : a.Priority.CompareTo(b.Priority);
        return c != 0 ? c : First(
            a.Id.CompareTo(b.Id), a.Quantity.CompareTo(b.Quantity), string.CompareOrdinal(a.RefText, b.RefText), string.CompareOrdinal(a.Customer, b.Customer));
    }

    private static int Issues(PlanIssue a, PlanIssue b) => First(
        string.CompareOrdinal(a.Code, b.Code), Nullable.Compare(a.MaterialId, b.MaterialId), Nullable.Compare(a.EntityId, b.EntityId),
        string.CompareOrdinal(a.RowRef, b.RowRef), string.CompareOrdinal(a.Message, b.Message), string.CompareOrdinal(a.Action, b.Action),
        a.Severity.CompareTo(b.Severity), string.CompareOrdinal(a.Entity, b.Entity));

    private static int First(params ReadOnlySpan<int> comparisons)
    {
        foreach (var c in comparisons)
        {
            if (c != 0)
            {
                return c;
            }
        }

        return 0;
    }
}
