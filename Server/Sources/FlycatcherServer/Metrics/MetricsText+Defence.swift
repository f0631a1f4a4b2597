// Writes how far the server is defending itself.

import Model

extension MetricsText {
    /// Adds the figures of the server's defences.
    func adding(_ figures: DefenceFigures) -> MetricsText {
        var text = self
        text.add(
            "flycatcher_quotas_refusing", .gauge, "Quotas that refuse at the moment.",
            figures.refusingQuotas.sorted { $0.key < $1.key }.map {
                ([("scope", $0.key.scope), ("reason", $0.key.reason)], "\($0.value)")
            })
        text.add(
            "flycatcher_disk_stage", .gauge,
            "0 everything is kept, 1 no attachments, 2 first events of new issues only, 3 nothing is taken.",
            [([], "\(figures.diskStage.rawValue)")])
        if let disk = figures.disk {
            text.add("flycatcher_disk_free_bytes", .gauge, "Room on the disk.", [([], "\(disk.freeBytes)")])
            text.add("flycatcher_disk_total_bytes", .gauge, "Size of the disk.", [([], "\(disk.totalBytes)")])
        }
        text.add(
            "flycatcher_events_under_way", .gauge, "Events between their arrival and their answer.",
            [([], "\(figures.underWay)")])
        text.add(
            "flycatcher_events_waiting", .gauge, "Events that wait for their project's turn.",
            [([], "\(figures.waiting)")])
        text.add(
            "flycatcher_bodies_bytes", .gauge, "What is kept of bodies that have not come whole.",
            [([], "\(figures.bodyBytes)")])
        return text
    }
}
